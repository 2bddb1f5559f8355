#!/bin/sh
# What is written to the notification descriptor, and what comes of it: nothing, text without an end, two lines, an end of
# file, too late, on another number, in pieces.
. "${0%/*}/lib.sh"

speaker() {
    service "$1" <<run
#!/bin/sh
$2
exec sleep 1000
run
    setting "$1" notification-fd 3
}

speaker never :
speaker closes 'exec 3>&-'
speaker text 'printf text >&3; exec 3>&-'
speaker text-and-line 'printf "text\nmore" >&3'
speaker twice 'echo >&3; (sleep 0.1; echo) >&3 2>/dev/null'
speaker pieces 'printf one >&3; sleep 0.1; printf two >&3; sleep 0.1; echo >&3'
speaker its-child '(sleep 0.2; echo >&3) & exec 3>&-'
speaker tenth 'echo >&10'
service tenth <<'run'
#!/bin/execlineb -P
foreground { fdmove 1 10 echo } sleep 1000
run
printf '10\n' >tenth/notification-fd
for each in never closes text text-and-line twice pieces its-child tenth; do
    listen $each
done
supervise

up ./*
ready text-and-line twice pieces its-child tenth
for each in text-and-line twice pieces its-child tenth; do
    heard $each suU
done
run s6-svwait -U -t 500 never
run s6-svwait -U -t 100 closes
run s6-svwait -U -t 100 text
for each in never closes text; do
    heard $each su
    run s6-svstat $each
done
run s6-svstat tenth
run s6-svc -wD -d its-child
heard its-child suUdD
