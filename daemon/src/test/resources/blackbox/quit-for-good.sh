#!/bin/sh
# -Q: what runs may run on, and is not started again, now or later: the file down is made.
. "${0%/*}/lib.sh"

announcer web
listen web
supervise
ready web

run s6-svc -Q web
await 'the file is made' test -e web/down
await 'it is wanted down' sh -c 's6-svstat -o wantedup web | grep -qx false'
run s6-svstat web
status web
heard web suU
run s6-svc -wD -k web
run s6-svstat web
status web
heard web suUdD
run s6-svc -wU -U web
await 'the file is gone' test ! -e web/down
status web
run s6-svc -wD -d web
run s6-svc -Q web
await 'the file is made' test -e web/down
status web
heard web suUdDuUdD
