#!/bin/sh
# Several clients at once on several services: each order is done, and each listener hears all of it.
. "${0%/*}/lib.sh"

all='a b c d e f g h'
for each in $all; do
    announcer "$each"
    listen "$each"
done
supervise
# shellcheck disable=SC2086 # names without blanks
ready $all

for round in 1 2 3; do
    clients=
    for each in $all; do
        s6-svc -wD -d "$each" &
        clients="$clients $!"
    done
    for client in $clients; do
        wait "$client" || echo "round $round: a client ends with $?"
    done
    clients=
    for each in $all; do
        s6-svc -wU -u "$each" &
        clients="$clients $!"
    done
    for client in $clients; do
        wait "$client" || echo "round $round: a client ends with $?"
    done
done
for each in $all; do
    heard "$each" 'suU(dDuU){3}'
    status "$each"
done
run s6-svwait -U -a $all
