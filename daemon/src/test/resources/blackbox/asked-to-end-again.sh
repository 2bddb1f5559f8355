#!/bin/sh
# A service that takes its time to end, and is asked again to.
# differs: who is asked to end already
#      s6: TERM
. "${0%/*}/lib.sh"

service web <<'run'
#!/bin/bash
trap 'echo TERM >>said' TERM
trap 'echo USR1 >>said; exit 4' USR1
echo >&3
exec 3>&-
while :; do read -r -t 0.1 _ <>never; done
run
setting web notification-fd 3
mkfifo web/never
listen web
supervise
ready web

said() {
    await "web has said $2 lines with $1" sh -c "[ \$(grep -c $1 web/said) = $2 ]"
}

run s6-svc -d web
said TERM 1
run s6-svc -d web
[ "$world" = reeve ] || said TERM 2
run s6-svstat web
status web
run s6-svc -wD -1 web
tell web
run s6-svstat web
heard web suUdD
