#!/bin/sh
# A signal is for `run`: `finish` gets none.
. "${0%/*}/lib.sh"

announcer web
script web finish <<'finish'
#!/bin/bash
for each in ALRM ABRT QUIT HUP TERM INT USR1 USR2 WINCH; do
    trap "echo finish got $each >>said" $each
done
echo finish begins >>said
until read -r -t 0.1 _; do :; done <>go
echo finish ends >>said
finish
setting web timeout-finish 0
mkfifo web/go
listen web
supervise

ready web
run s6-svc -wd -d web
lines web 1
finishing web
status web
run s6-svstat web
for letter in a b q h k t i 1 2 p c y r; do
    run s6-svc -$letter web
done
status web
run s6-svwait -D -t 100 web
run s6-svwait -d web
echo >web/go
down web
status web
tell web
heard web suUdD
