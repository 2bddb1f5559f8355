#!/bin/sh
# s6-svwait on several services: for all, for one, for what is so already.
. "${0%/*}/lib.sh"

announcer one two
sleeper idle
setting idle down
supervise

run s6-svwait one two
run s6-svwait -U -a -t 30000 one two
run s6-svwait -d idle
run s6-svwait -D -o one idle
run s6-svwait -u -o idle two
run s6-svwait -u -t 200 one idle
run s6-svwait -d -t 200 one idle
run s6-svwait -o -D -t 200 one two

say 'two waiters at once, both told'
(s6-svwait -D -t $patience one two && echo both >"$work/both") &
both=$!
(s6-svwait -D -o -t $patience one two && echo either >"$work/either") &
either=$!
run s6-svc -d one
wait $either
cat "$work/either"
[ ! -e "$work/both" ] || say 'two is not down yet'
run s6-svc -d two
wait $both
cat "$work/both"

say 'wrong usage'
run s6-svwait
run s6-svwait -z one
run s6-svwait -u one nothing
