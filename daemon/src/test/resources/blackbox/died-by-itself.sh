#!/bin/sh
# A service that ends by itself is started again, and every event of it is heard, in order.
. "${0%/*}/lib.sh"

announcer web
service web <<'run'
#!/bin/sh
echo >&3
read -r how <go
[ "$how" != exit ] || exit 3
kill -USR1 $$
run
mkfifo web/go
listen web
supervise

ready web
echo exit >web/go
heard web suUdDuU
run s6-svstat web
status web
echo signal >web/go
heard web 'suU(dDuU){2}'
status web
