#!/bin/sh
# Who quits has the loggers told to end, too; finish takes the place of the supervisor.
. "${0%/*}/lib.sh"

sleeper web
service web/log <<'run'
#!/bin/sh
trap 'echo told to end >>said; exit' TERM
echo listening >>said
while :; do sleep 0.05; done
run
script .s6-svscan finish <<program
#!/bin/sh
echo \$\$ >"$work/finish"
grep SigBlk /proc/self/status >>"$work/finish"
program
listen web
listen web/log
supervise
up web web/log
lines web/log 1

run s6-svscanctl -q .
wait "$supervisor"
echo "the supervisor ends with $?"
tell web/log
sed "s/^$supervisor\$/the pid of the supervisor/" "$work/finish"
heard web sudDx
heard web/log sudDx
