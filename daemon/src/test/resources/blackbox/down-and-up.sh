#!/bin/sh
# -d and -u, each with everything that s6-svc may wait for.
. "${0%/*}/lib.sh"

announcer web
sleeper plain
listen web
listen plain
supervise
ready web
up plain

run s6-svc -wd -d web
run s6-svc -wu -u web
ready web
run s6-svc -wD -d web
run s6-svc -wU -u web
status web
heard web 'suUdDuUdDuU'

say 'plain announces no readiness, which s6-svc says and waits for what there is'
run s6-svc -wD -d plain
run s6-svc -wU -u plain
status plain
heard plain sudDu

say 'what is so already is waited for no time'
run s6-svc -wu -u plain
run s6-svc -u plain
run s6-svc -wD -d plain
run s6-svc -wD -d plain
run s6-svc -wd -d plain
heard plain sudDudD
