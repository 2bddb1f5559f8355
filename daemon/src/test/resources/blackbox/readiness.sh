#!/bin/sh
# A service that announces its readiness: before, after, down, and up again.
. "${0%/*}/lib.sh"

service web <<'run'
#!/bin/sh
read _ <go
echo >&3
exec sleep 1000
run
setting web notification-fd 3
mkfifo web/go
listen web
supervise

up web
run s6-svstat web
run s6-svwait -U -t 100 web
status web
heard web su
echo >web/go
ready web
run s6-svstat web
status web
heard web suU
run s6-svc -wD -d web
run s6-svstat web
status web
heard web suUdD
