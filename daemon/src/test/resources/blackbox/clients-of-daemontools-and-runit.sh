#!/bin/sh
# daemontools' svc, svstat and svok, and runit's sv, on service directories of s6: who only writes to supervise/control is obeyed; who
# asks supervise/ok or reads a status of 18 or 20 bytes finds none.
. "${0%/*}/lib.sh"

for each in svc svstat svok:daemontools sv:runit; do
    command -v "${each%:*}" >/dev/null || { echo "${each#*:} is not installed: bin/test installs it" >&2 && exit 77; }
done
announcer web
listen web
supervise
ready web

say daemontools
run svok web
run svstat web
run svc -d web
down web
heard web suUdD
run svc -u web
ready web
run svc -t web
heard web 'suU(dDuU){2}'
ready web
run svc -p web
await 'it is paused' sh -c 's6-svstat -o paused web | grep -q true'
run svc -c web
await 'it goes on' sh -c 's6-svstat -o paused web | grep -q false'
run svc -o web
await 'it is wanted down' sh -c 's6-svstat -o wantedup web | grep -q false'
run svc -k web
down web
run s6-svstat web
run svc -u nothing

say runit
run sv status ./web
run sv up ./web
run sv -w 1 start ./web
run sv check ./web
run s6-svstat web
