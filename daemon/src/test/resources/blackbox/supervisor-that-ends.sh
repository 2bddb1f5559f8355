#!/bin/sh
# Whoever waits is told when the supervisor ends, and what it supervised is supervised no more.
. "${0%/*}/lib.sh"

announcer web
sleeper idle
setting idle down
listen web
listen idle
supervise
ready web

s6-svwait -u -t $patience idle 2>"$work/told" &
waiter=$!
await 'the waiter listens' sh -c 'ls idle/event | grep -c "^ftrig1:@" | grep -qx 2'
kill -TERM "$supervisor"
wait "$supervisor"
echo "the supervisor ends with $?"
wait $waiter
echo "the waiter ends with $?"
cat "$work/told"
heard idle sx
heard web suUdDx
run s6-svok web
run s6-svok idle
run s6-svc -u web
run s6-svstat web
run s6-svwait -u -t 300 web
