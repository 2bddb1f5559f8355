#!/bin/sh
# The programs under the others: s6-ftrig-wait, s6-ftrig-listen1 and s6-ftrig-listen on event/, and s6-ftrig-notify into it.
. "${0%/*}/lib.sh"

announcer web
supervise
ready web

run s6-ftrig-wait -t 300 web/event D
run s6-ftrig-listen1 -t 30000 web/event D s6-svc -d web
run s6-ftrig-listen1 -t 30000 web/event 'uU' s6-svc -u web
run s6-ftrig-listen1 -t 30000 web/event 'd.*U' s6-svc -r web
run s6-ftrig-listen -t 30000 web/event 'dDuU' '' s6-svc -r web
run s6-ftrig-listen -o -t 30000 web/event 'O' web/event 'D' '' s6-svc -d web
run s6-ftrig-listen1 -t 300 web/event 'U' s6-svc -d web

say 'others may say something there, too'
listen web
run s6-ftrig-notify web/event hello
heard web hello
run s6-ftrig-listen1 -t 30000 web/event 'l+o' s6-ftrig-notify web/event hello
run s6-ftrig-wait -t 300 web/supervise D
run s6-ftrig-wait -t 300 nothing D
