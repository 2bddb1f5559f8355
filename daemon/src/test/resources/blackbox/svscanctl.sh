#!/bin/sh
# s6-svscanctl: -a finds what is new, -n prunes what is gone, -h does both.
. "${0%/*}/lib.sh"

announcer stays goes moves
for each in stays goes moves; do
    listen $each
done
supervise
ready stays goes moves

say 'nobody is there to be told'
run s6-svscanctl -a nothing
run s6-svscanctl -a stays
run s6-svscanctl -x .
run s6-svscanctl

say 'what is new is found'
announcer new
listen new
run s6-svok new
run s6-svscanctl -z .
run s6-svscanctl -a .
heard new suU

say 'what is gone is not ended by a scan alone, but pruned'
mv goes "$work/gone"
run s6-svscanctl -a .
run s6-svok "$work/gone"
run s6-svstat -o up,ready "$work/gone"
run s6-svscanctl -n .
heard goes suUdDx
run s6-svok "$work/gone"

say 'both at once; what has another name is the same'
mv new "$work/newer"
mv moves moved
announcer late
listen late
run s6-svscanctl -an .
heard late suU
heard new suUdDx
heard moves suU
run s6-svok moved
run s6-svstat -o up,ready moved
mv late "$work/late"
run s6-svscanctl -h .
heard late suUdDx
heard stays suU
run s6-svscanctl -az .
run s6-svstat -o up,ready stays
