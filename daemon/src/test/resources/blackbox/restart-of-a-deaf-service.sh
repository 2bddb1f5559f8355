#!/bin/sh
# -r for a service that does not end by its down signal, and has a timeout-kill.
# differs: `timeout-kill` after `s6-svc -r`
#      s6: $ s6-svwait -D -t 1000 web
#      s6: s6-svwait: fatal: timed out
#      s6: = 99
#   reeve: heard of web: suUdDuU
. "${0%/*}/lib.sh"

service web <<'run'
#!/bin/bash
trap '' TERM
echo >&3
exec 3>&-
while :; do read -r -t 0.1 _ <>never; done
run
setting web notification-fd 3
setting web timeout-kill 100
mkfifo web/never
listen web
supervise
ready web

run s6-svc -r web
case $world in
    s6) run s6-svwait -D -t 1000 web ;;
    reeve) heard web suUdDuU ;;
esac
run s6-svc -wD -d web
run s6-svstat web
