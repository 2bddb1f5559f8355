#!/bin/sh
# A scan directory has one supervisor: a second s6-svscan ends at once.
. "${0%/*}/lib.sh"

announcer web
listen web
supervise
ready web

run s6-svscan .
run s6-svscan "$scan"
run s6-svstat -o up,ready web
run s6-svscanctl -q .
wait "$supervisor"
echo "the supervisor ends with $?"
heard web suUdDx
