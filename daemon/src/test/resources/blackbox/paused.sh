#!/bin/sh
# -p stops a service's process, -c has it go on; whoever is stopped for good goes on, too, to hear of it.
. "${0%/*}/lib.sh"

announcer web
slow_to_finish web
listen web
supervise
ready web

state() {
    awk '/^State:/ { print "state of its process: " $2 }' "/proc/$(s6-svstat -o pid "$1")/status"
}

is_in_state() {
    [ "$(state web)" = "state of its process: $1" ]
}

run s6-svc -p web
await 'web is stopped' is_in_state T
state web
await 'its status says so' sh -c 's6-svstat web | grep -q paused'
run s6-svstat web
status web
run s6-svstat -o paused web
run s6-svc -c web
await 'web goes on' is_in_state S
await 'its status says so' sh -c '! s6-svstat web | grep -q paused'
run s6-svstat web
status web
heard web suU

run s6-svc -p web
await 'web is stopped' is_in_state T
run s6-svc -wD -d web
run s6-svstat web
status web
run s6-svc -wU -u web
run s6-svc -p web
await 'web is stopped' is_in_state T
run s6-svc -wR -k web
status web
heard web suUdDuUdDuU
