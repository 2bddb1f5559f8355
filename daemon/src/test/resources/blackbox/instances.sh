#!/bin/sh
# Instances: a service that is a real s6-svscan of its own, with a service directory for each instance.
. "${0%/*}/lib.sh"

announcer template
script template finish <<'finish'
#!/bin/sh
echo "$@" >>"$HOME/finished"
finish
service template <<'run'
#!/bin/sh
echo "$1" >>"$HOME/started"
echo >&3
exec sleep 1000
run
mv template "$work/template"
export HOME="$work"
run s6-instance-maker "$work/template" getty
listen getty
supervise
ready getty
run s6-svstat getty

run s6-instance-create getty tty1
run s6-instance-create -D getty tty2
run s6-instance-create -t 30000 getty tty3
run s6-instance-list getty | LC_ALL=C sort
for each in tty1 tty3; do
    ready getty/instance/$each
    run s6-instance-status getty $each
done
run s6-instance-status getty tty2
run s6-instance-control -wU -T 30000 -u getty tty2
run s6-instance-status -o up,ready,wantedup,normallyup getty tty2
run s6-instance-control -wD -d getty tty1
run s6-instance-status getty tty1
LC_ALL=C sort "$work/started"
run s6-instance-delete getty tty1
run s6-instance-delete -X getty nothing
run s6-instance-list getty | LC_ALL=C sort
run s6-instance-status getty tty1

say 'with the service, all its instances go'
run s6-svc -wD -T 30000 -d getty
heard getty suUdD
for each in tty2 tty3; do
    await "$each is supervised no more" sh -c "! s6-svok getty/instances/$each"
done
LC_ALL=C sort "$work/finished"
run s6-svc -wU -T 30000 -u getty
run s6-instance-list getty | LC_ALL=C sort
heard getty suUdDuU
ready getty/instance/tty3
