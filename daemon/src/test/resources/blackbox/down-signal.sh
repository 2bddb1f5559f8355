#!/bin/sh
# The signal by which a service is stopped: the file down-signal, with a name or a number, read when it is needed.
# differs: `down-signal` is a number that no signal has
#      s6: s6-svlisten1: fatal: timed out
#      s6: = 99
#   reeve: = 0
# differs: `down-signal` is a number that no signal has
#      s6: s6-svlisten1: fatal: timed out
#      s6: = 99
#   reeve: = 0
. "${0%/*}/lib.sh"

announcer web
supervise
ready web
for signal in SIGINT HUP 10 usr2 sigterm; do
    printf '%s\n' $signal >web/down-signal
    run s6-svc -wD -d web
    run s6-svstat -o signal web
    run s6-svc -wU -u web
done

say 'what names no signal is as if there were none'
for signal in NOSUCH 'TERM INT' ''; do
    printf '%s\n' "$signal" >web/down-signal
    run s6-svc -wD -d web
    run s6-svstat -o signal web
    run s6-svc -wU -u web
done

say 'a number that no signal has: s6 tries that, and stops nothing by it'
for signal in 0 999; do
    echo $signal >web/down-signal
    run s6-svc -wD -T 500 -d web
    run s6-svc -wU -u web
done
