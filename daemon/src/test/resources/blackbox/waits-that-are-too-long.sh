#!/bin/sh
# What s6-svc waits for and does not come ends at -T, with 99. The order is given all the same.
. "${0%/*}/lib.sh"

announcer web
sleeper late idle
setting late notification-fd 3
setting idle down
supervise
ready web
up late

for wait in d D; do
    run s6-svc -w$wait -T 100 -u web
done
for wait in r R; do
    run s6-svc -w$wait -T 100 -y web
done
for wait in u U; do
    run s6-svc -w$wait -T 100 -d idle
done
run s6-svc -wU -T 100 -u late
run s6-svwait -U -t 100 late
run s6-svwait -d -t 100 web late
run s6-svwait -o -d -t 100 web late
run s6-svwait -D -t 100 web
run s6-svwait -u -t 100 idle web
run s6-svlisten1 -d -t 100 web true
run s6-svlisten -d -t 100 web late '' true
run s6-svc -wd -T 30000 -d web
run s6-svstat -o up,wantedup web
