#!/bin/sh
# A service and its s6-log: a supervised pair of which either may be stopped and started without a line lost.
. "${0%/*}/lib.sh"

service web <<'run'
#!/bin/sh
echo >&3
exec 3>&-
while read -r line; do echo "$line"; done <>in
run
setting web notification-fd 3
mkfifo web/in
service web/log <<'run'
#!/bin/execlineb -P
s6-log -d3 n3 s100000 ./kept
run
setting web/log notification-fd 3
slow_to_finish web/log
listen web
listen web/log
supervise

ready web web/log
run s6-svstat web/log
echo one >web/in
logged() {
    await "$1 is logged" grep -qx "$1" web/log/kept/current
}
logged one

say 'the logger is down, and the service goes on'
run s6-svc -wD -d web/log
run s6-svstat web/log
echo two >web/in
run s6-svstat -o up,ready web
run s6-svc -wU -u web/log
logged two

say 'the service is down, and the logger goes on'
run s6-svc -wD -d web
run s6-svstat -o up,ready web/log
run s6-svc -wU -u web
echo three >web/in
logged three
cat web/log/kept/current
run s6-svc -wR -r web/log
echo four >web/in
logged four
heard web suUdDuU
heard web/log 'suU(dDuU){2}'
status web/log
