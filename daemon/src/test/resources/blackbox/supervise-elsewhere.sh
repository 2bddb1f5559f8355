#!/bin/sh
# supervise and event as symlinks to a place that is not there yet, as for service directories on a read-only disk; and a service
# directory that is a symlink itself. (Where the place is there already, s6-supervise 2.11 ends; newer ones and reeve take it.)
. "${0%/*}/lib.sh"

announcer web
mkdir "$work/run-time"
ln -s "$work/run-time/supervise" web/supervise
ln -s "$work/run-time/event" web/event
announcer moved
slow_to_finish moved
mv moved "$work/moved"
ln -s "$work/moved" link
supervise

ready web link
(cd "$work" && find run-time -mindepth 1 ! -name death_tally ! -name '*ftrig*' -printf '%M %p\n' | LC_ALL=C sort -k2)
run readlink web/supervise
listen web
run s6-svc -wD -d web
run s6-svstat web
status web
heard web dD
run s6-svc -wR -r link
run s6-svstat link
run s6-svstat "$work/moved"
run s6-svok "$work/moved"
