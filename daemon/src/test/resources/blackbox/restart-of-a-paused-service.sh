#!/bin/sh
# -r for a service whose process is stopped.
# differs: `s6-svc -r` of a process that is paused
#      s6: $ s6-svwait -D -t 1000 web
#      s6: s6-svwait: fatal: timed out
#      s6: = 99
#      s6: status of web: 35 bytes, pid N, wstat 0000, flags paused want-up ready
#   reeve: heard of web: suUdDuU
#   reeve: status of web: 35 bytes, pid N, wstat 000f, flags want-up ready
. "${0%/*}/lib.sh"

announcer web
listen web
supervise
ready web

run s6-svc -p web
await 'it is paused' sh -c 's6-svstat -o paused web | grep -qx true'
run s6-svc -r web
case $world in
    s6) run s6-svwait -D -t 1000 web ;;
    reeve) heard web suUdDuU ;;
esac
status web

say 'in the end it is another process, that runs'
run s6-svc -c web
heard web suUdDuU
ready web
status web
