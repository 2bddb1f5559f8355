#!/bin/sh
# Each letter of s6-svc that sends a signal, to a service that catches it, and to one that dies of it.
. "${0%/*}/lib.sh"

service catches <<'run'
#!/bin/bash
for each in ALRM ABRT QUIT HUP TERM INT USR1 USR2 WINCH; do
    trap "echo $each >>said" $each
done
echo >&3
exec 3>&-
while :; do read -r -t 0.1 _ <>never; done
run
setting catches notification-fd 3
mkfifo catches/never
announcer dies
listen catches
listen dies
supervise

ready catches dies
count=0
for letter in a b q h t i 1 2 y; do
    run s6-svc -$letter catches
    count=$((count + 1))
    await "$letter has come" sh -c "[ \$(wc -l <catches/said) = $count ]"
done
tell catches
heard catches suU
status catches

say 'what it does not catch ends it, and it is started again: not where it was told to run once'
# (With -d, SIGTERM may overtake a signal that dumps core.)
count=0
for letter in a b q h k t i 1 2; do
    ready dies
    run s6-svc -wD -O${letter} dies
    run s6-svstat dies
    status dies
    run s6-svc -wU -u dies
done
run s6-svc -y dies
run s6-svstat -o up,ready dies
heard dies 'suU(dDuU){9}'
