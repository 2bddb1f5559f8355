#!/bin/sh
# s6-svscanctl -t: services are brought down, and their loggers read all there is and end by themselves.
. "${0%/*}/lib.sh"

service web <<'run'
#!/bin/bash
trap 'echo the last words; exit 0' TERM
echo >&3
exec 3>&-
while :; do read -r -t 0.1 _ <>never; done
run
setting web notification-fd 3
mkfifo web/never
service web/log <<'run'
#!/bin/execlineb -P
s6-log -d3 n3 s100000 ./kept
run
setting web/log notification-fd 3
announcer idle
for each in web web/log idle; do
    listen $each
done
supervise
ready web web/log idle

run s6-svscanctl -t .
wait "$supervisor"
echo "the supervisor ends with $?"
heard web suUdDx
heard idle suUdDx
heard web/log suUdDx
cat web/log/kept/current
run s6-svok web
run s6-svok web/log
run s6-svscanctl -a .
