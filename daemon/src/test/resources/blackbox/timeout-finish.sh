#!/bin/sh
# A finish that takes longer than timeout-finish is killed. What comes then is as if it had ended by itself.
. "${0%/*}/lib.sh"

announcer web
script web finish <<'finish'
#!/bin/sh
echo begins >>said
exec sleep 1000
finish
setting web timeout-finish 200
listen web
supervise

ready web
run s6-svc -wD -d web
tell web
status web
heard web suUdD
run s6-svc -wU -u web
run s6-svc -wR -k web
tell web
heard web 'suU(dDuU){2}'
