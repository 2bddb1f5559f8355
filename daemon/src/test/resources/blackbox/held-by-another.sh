#!/bin/sh
# One directory has one supervisor: an s6-supervise on a service that has one ends at once.
. "${0%/*}/lib.sh"

announcer web
listen web
supervise
ready web

run s6-supervise web
run s6-supervise "$scan/web"
run s6-svstat web
run s6-setlock -n web/supervise/lock true
run s6-svc -wD -d web
run s6-supervise web
run s6-svstat -o up,wantedup web
heard web suUdD
