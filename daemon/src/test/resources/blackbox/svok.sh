#!/bin/sh
# Who is supervised: a service, up or down, and its logger; nothing else.
. "${0%/*}/lib.sh"

sleeper web web/log idle
setting idle down
mkdir "$work/other"
run s6-svok web
supervise

for each in web web/log idle web/ "$scan/web"; do
    run s6-svok "$each"
done
for each in "$work/other" nothing web/run ''; do
    run s6-svok "$each"
done
run s6-svok
run s6-svstat nothing
run s6-svstat "$work/other"
run s6-svc -u nothing
run s6-svc -u "$work/other"
run s6-svwait -u nothing
run s6-svlisten1 -u nothing true
