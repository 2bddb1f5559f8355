#!/bin/sh
# A file notification-fd that is no number is passed over: the service runs, and is never ready.
. "${0%/*}/lib.sh"

for each in text negative trailing; do
    service $each <<'run'
#!/bin/sh
if [ -e /proc/self/fd/3 ]; then echo has 3; else echo has no 3; fi >>said
exec sleep 1000
run
done
setting text notification-fd three
setting negative notification-fd -3
setting trailing notification-fd 3x
supervise

up text negative trailing
for each in text negative trailing; do
    lines $each 1
    run s6-svstat $each
done
run s6-svwait -U -t 100 text
