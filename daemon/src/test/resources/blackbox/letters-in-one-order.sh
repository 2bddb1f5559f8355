#!/bin/sh
# Several letters in one order are done one after the other.
. "${0%/*}/lib.sh"

announcer web
listen web
supervise
ready web

run s6-svc -wD -ud web
heard web suUdD
run s6-svc -wU -du web
heard web suUdDuU
run s6-svc -wD -dududududududududud web
run s6-svstat -o up,wantedup web
run s6-svc -wU -u web
run s6-svc -wD -pd web
run s6-svstat -o up,paused web
run s6-svc -wU -u web
run s6-svc -wD -kd web
run s6-svstat web
run s6-svc -z web
run s6-svc web
run s6-svc -u
run s6-svc -wx -u web
