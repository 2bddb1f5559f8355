#!/bin/sh
# s6-svlink puts a service directory into the scan directory and waits until it is supervised; s6-svunlink takes it out.
. "${0%/*}/lib.sh"

# elsewhere NAME: a service directory that no supervisor knows yet.
elsewhere() {
    announcer "$1"
    mv "$1" "$work/$1"
}

mode() {
    stat -c "event of $1: %A" "$work/$1/event"
}

announcer first
supervise
ready first
for each in plain down stays-down public named logged; do
    elsewhere $each
done
mkdir "$work/logged/log"
printf '#!/bin/sh\nexec cat\n' >"$work/logged/log/run"
chmod 755 "$work/logged/log/run"

run s6-svlink . "$work/plain"
run s6-svok plain
ready plain
run readlink plain
mode plain
run s6-svstat plain

run s6-svlink -d . "$work/down"
run s6-svstat down
ls "$work/down"
run s6-svlink -D . "$work/stays-down"
run s6-svstat stays-down
ls "$work/stays-down"
run s6-svlink -P -t 30000 . "$work/public"
mode public
run s6-svlink . "$work/named" other
run s6-svok other
run s6-svlink . "$work/logged"
run s6-svok logged
run s6-svok logged/log
run s6-svlink . "$work/plain"
run s6-svlink . "$work/nothing"
run s6-svlink nothing "$work/plain"

say 'and out again'
run s6-svunlink . plain
run s6-svok "$work/plain"
run s6-svstat first
run s6-svunlink . logged
run s6-svok "$work/logged"
run s6-svok "$work/logged/log"
run s6-svunlink -X . other
await 'named is supervised no more' sh -c "! s6-svok '$work/named'"
run s6-svunlink -t 30000 . public
run s6-svok "$work/public"
run s6-svunlink . nothing
LC_ALL=C ls
