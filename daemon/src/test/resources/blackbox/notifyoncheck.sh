#!/bin/sh
# s6-notifyoncheck in a run script: it asks data/check, or a program, until that says yes, and tells the supervisor.
. "${0%/*}/lib.sh"

checked() {
    service "$1" <<run
#!/bin/execlineb -P
$2
sleep 1000
run
    setting "$1" notification-fd 3
    script "$1" data/check <<'check'
#!/bin/sh
echo asked >>said
[ -e allowed ]
check
}

checked later 's6-notifyoncheck -s 10 -w 50 -n 0'
checked at-once 's6-notifyoncheck -d -s 1'
checked by-program 's6-notifyoncheck -s 1 -w 50 -n 0 -c "test -e allowed"'
checked gives-up 's6-notifyoncheck -s 1 -w 10 -n 3'
checked descriptor 'fdmove 5 3 s6-notifyoncheck -3 5 -s 1 -c true'
touch at-once/allowed
for each in later at-once by-program gives-up descriptor; do
    listen $each
done
supervise

up later at-once by-program gives-up descriptor
ready at-once descriptor
heard at-once suU
heard descriptor suU
tell at-once
await 'later was asked' test -s later/said
run s6-svwait -U -t 300 later by-program
touch later/allowed by-program/allowed
ready later by-program
run s6-svstat later
heard later suU
heard by-program suU
lines gives-up 3
run s6-svwait -U -t 300 gives-up
heard gives-up su
run s6-svc -wD -d later
status later
run s6-svc -wU -T 30000 -u later
heard later suUdDuU
