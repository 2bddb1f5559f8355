#!/bin/sh
# s6-svwait -r and -R: down, and up again, after the waiter began to listen.
. "${0%/*}/lib.sh"

announcer web
slow_to_finish web
supervise
ready web

listening() {
    ls web/event | grep -c '^ftrig1:@' | grep -qx "$1"
}

for option in r R; do
    await 'the last one listens no more' listening 0
    s6-svwait -$option -t $patience web &
    waiter=$!
    await 'the waiter listens' listening 1
    run s6-svc -wR -r web
    wait $waiter
    echo "s6-svwait -$option ends with $?"
done
run s6-svwait -r -t 300 web
run s6-svlisten1 -r -t 30000 web s6-svc -r web
run s6-svlisten1 -R -t 30000 web s6-svc -r web
