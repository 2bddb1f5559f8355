#!/bin/sh
# A service that outlives its down signal for timeout-kill is killed; with no such file, it may live as long as it likes.
. "${0%/*}/lib.sh"

for each in bounded endless; do
    service $each <<'run'
#!/bin/bash
trap 'echo TERM >>said' TERM
echo >&3
exec 3>&-
while :; do read -r -t 0.1 _ <>never; done
run
    setting $each notification-fd 3
    mkfifo $each/never
done
setting bounded timeout-kill 300
listen bounded
supervise
ready bounded endless

run s6-svc -wD -d bounded
tell bounded
run s6-svstat bounded
heard bounded suUdD
run s6-svc -wD -T 1000 -d endless
tell endless
run s6-svstat endless
status endless
run s6-svc -wD -k endless
run s6-svstat endless
