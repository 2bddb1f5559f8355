#!/bin/sh
# -r: the service goes down and comes up again, by whatever signal stops it.
. "${0%/*}/lib.sh"

announcer web
announcer deaf
service deaf <<'run'
#!/bin/bash
trap '' TERM
trap 'echo stopped by USR1 >>said; exit 0' USR1
echo >&3
exec 3>&-
while :; do read -r -t 1000 _ <>never; done
run
setting deaf down-signal USR1
mkfifo deaf/never
announcer idle
setting idle down
slow_to_finish web deaf
listen web
listen deaf
listen idle
supervise
ready web deaf

before=$(s6-svstat -o pid web)
run s6-svc -wR -r web
after=$(s6-svstat -o pid web)
[ "$before" = "$after" ] || say 'web is another process now'
status web
run s6-svc -wr -r web
heard web 'suU(dDuU){2}'

run s6-svc -wR -r deaf
tell deaf
heard deaf suUdDuU

say 'what is down stays down'
run s6-svc -r idle
run s6-svc -wr -T 100 -r idle
heard idle s
