#!/bin/sh
# Each field of s6-svstat by itself, of a service that is ready, of one that is down, and of one that was stopped.
# differs: never started: `paused` in the status
#      s6: false
#   reeve: true
. "${0%/*}/lib.sh"

announcer web
sleeper idle
setting idle down
supervise
ready web

fields() {
    for field in up wantedup normallyup ready paused exitcode signal signum; do
        run s6-svstat -o $field "$1"
    done
    for field in pid updownfor readyfor; do
        measure s6-svstat -o $field "$1"
    done
    run s6-svstat -o updownsince "$1"
    run s6-svstat -o readysince "$1"
}

fields web
fields idle
run s6-svc -wD -d web
fields web

say 'several at once, in the order asked for'
run s6-svstat -o ready,up,wantedup web
run s6-svstat -o nonsense web
for letter in u w N r e s; do
    run s6-svstat -$letter web
done
measure s6-svstat -p web
measure s6-svstat -t web
run s6-svstat -unwr idle
