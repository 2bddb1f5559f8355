#!/bin/sh
# lock-fd: run inherits a descriptor with a lock on supervise/service-lock. (s6 2.11 does not make that file, and by the time
# run runs, its lock is gone.)
# differs: `lock-fd`
#      s6: = 0
#   reeve: s6-setlock: fatal: unable to lock web/supervise/service-lock: Device or resource busy
#   reeve: = 1
. "${0%/*}/lib.sh"

service web <<'run'
#!/bin/sh
if [ -e /proc/self/fd/7 ]; then echo has 7; else echo has no 7; fi >>said
exec sleep 1000
run
printf '7\n' >web/lock-fd
mkdir -m 700 web/supervise
touch web/supervise/service-lock
supervise
up web
lines web 1
run s6-setlock -n web/supervise/service-lock true
run s6-svc -wD -d web
run s6-setlock -n web/supervise/service-lock true
run s6-svc -wu -u web
lines web 2
