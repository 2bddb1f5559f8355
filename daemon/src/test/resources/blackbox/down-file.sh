#!/bin/sh
# The file down: a service that has it is not started by itself; -D makes it, -U removes it.
# differs: never started: `paused` in the status
#      s6: status of idle: 35 bytes, pid 0, wstat 0000, flags ready
#   reeve: status of idle: 35 bytes, pid 0, wstat 0000, flags paused ready
. "${0%/*}/lib.sh"

announcer web
sleeper idle
setting idle down
listen web
listen idle
supervise
ready web

present() {
    [ -e "$1/down" ] && echo "$1 has a file down of $(wc -c <"$1/down") bytes" || echo "$1 has no file down"
}

status idle
heard idle s
run s6-svstat -o up,wantedup,normallyup idle
run s6-svc -wu -u idle
present idle
run s6-svstat -o up,wantedup,normallyup idle
run s6-svc -wD -d idle
run s6-svc -wu -U idle
await 'the file is removed' test ! -e idle/down
present idle
run s6-svstat -o up,wantedup,normallyup idle

run s6-svc -wD -D web
await 'the file is made' test -e web/down
present web
run s6-svstat web
status web
run s6-svc -wU -u web
present web
run s6-svstat web
run s6-svc -U web
await 'the file is removed' test ! -e web/down
run s6-svstat web
heard web suUdDuU
