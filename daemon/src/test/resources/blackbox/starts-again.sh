#!/bin/sh
# A scan directory that was supervised before, with all that was left behind in it.
. "${0%/*}/lib.sh"

announcer web
service web/log <<'run'
#!/bin/sh
exec cat
run
sleeper idle
setting idle down
listen web
supervise
ready web
up web/log
run s6-svc -wu -u idle
run s6-svscanctl -t .
wait "$supervisor"
echo "the supervisor ends with $?"
heard web suUdDx
run s6-svstat web

say 'and once more'
supervise
ready web
up web/log
run s6-svstat web
status web
run s6-svstat -o up,wantedup,normallyup idle
heard web suUdDxsuU
run s6-svc -wD -d web
heard web suUdDxsuUdD
