#!/bin/sh
# A finish that exits 125 means that starting it again is of no use.
. "${0%/*}/lib.sh"

service hopeless <<'run'
#!/bin/sh
exit 1
run
script hopeless finish <<'finish'
#!/bin/sh
exit 125
finish
setting hopeless down
setting hopeless notification-fd 3
listen hopeless
supervise

say 'whoever waits for it is told that one service has failed for good'
run s6-svc -wu -u hopeless
down hopeless
run s6-svc -wU -u hopeless
run s6-svlisten1 -U hopeless s6-svc -u hopeless
run s6-svlisten -U hopeless '' s6-svc -u hopeless
down hopeless
run s6-svstat hopeless
status hopeless
heard hopeless 's(udOD){4}'
run s6-svwait -u -t 100 hopeless
