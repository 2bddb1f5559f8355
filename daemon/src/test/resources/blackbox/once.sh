#!/bin/sh
# -o starts a service that is not started again, -O lets one that runs run, and no more.
. "${0%/*}/lib.sh"

service web <<'run'
#!/bin/sh
echo >&3
read -r how <go
exit 3
run
setting web notification-fd 3
setting web down
mkfifo web/go
listen web
supervise

run s6-svc -wU -o web
run s6-svstat web
status web
echo >web/go
down web
run s6-svstat web
heard web suUdD

say 'one that runs and is wanted up, is not when it has ended'
run s6-svc -wU -u web
run s6-svstat -o up,wantedup web
run s6-svc -o web
wanted web no
run s6-svstat web
status web
echo >web/go
down web
heard web 's(uUdD){2}'

say '-O starts nothing'
run s6-svc -O web
status web
run s6-svc -wU -u web
run s6-svc -O web
wanted web no
run s6-svstat web
status web
run s6-svc -wU -u web
wanted web yes
run s6-svstat web
run s6-svc -O web
wanted web no
echo >web/go
down web
status web
heard web 's(uUdD){3}'
