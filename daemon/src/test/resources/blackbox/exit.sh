#!/bin/sh
# -x: the supervisor of a service goes when the service is down. s6-svscan starts another at once, and so does reeve: it is
# supervised anew, as at the first time.
. "${0%/*}/lib.sh"

announcer web idle
setting idle down
listen web
listen idle
supervise
ready web

run s6-svc -x idle
heard idle sxs
run s6-svc -xd web
heard web suUdDxsuU
ready web
run s6-svstat web
status web
