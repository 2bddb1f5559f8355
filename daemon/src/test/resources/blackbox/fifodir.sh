#!/bin/sh
# event/ as a directory: who listens no more is swept away, and what is no listener is left alone.
. "${0%/*}/lib.sh"

announcer web
mkdir -m 3730 web/event
stale=ftrig1:@4000000000000000deadbeef:
mkfifo -m 622 "web/event/$(printf '%s%.*s' $stale $((39 - ${#stale})) 000000000000)"
mkfifo -m 622 "web/event/ftrig1:@short"
echo text >web/event/file
listen web
supervise
ready web

names() {
    ls web/event | sed 's/ftrig1:@0*/ftrig1:@0:/'
}

heard web suU
names
mkfifo -m 622 "web/event/$(printf '%s%.*s' $stale $((39 - ${#stale})) 111111111111)"
run s6-svc -wD -d web
heard web suUdD
names
cat web/event/file
run s6-cleanfifodir web/event
names

say 'a thousand events that nobody reads harm nobody'
mkfifo "web/event/.full"
( exec <>web/event/.full; mv web/event/.full "$(printf 'web/event/ftrig1:@%024d:unread' 7)"; exec sleep 1000 ) &
for _ in 1 2 3 4 5; do
    run s6-svc -wU -u web
    run s6-svc -wD -d web
done
heard web 'suU(dDuU){5}dD'
