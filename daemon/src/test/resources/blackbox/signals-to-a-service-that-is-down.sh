#!/bin/sh
# A signal to a service that is down is lost: it neither starts, nor is it told later.
# differs: never started: `paused` in the status
#      s6: status of idle: 35 bytes, pid 0, wstat 0000, flags ready
#   reeve: status of idle: 35 bytes, pid 0, wstat 0000, flags paused ready
. "${0%/*}/lib.sh"

announcer idle
setting idle down
listen idle
supervise

for letter in a b q h k t i 1 2 p c y r d; do
    run s6-svc -$letter idle
done
status idle
heard idle s
run s6-svc -wU -u idle
status idle
heard idle suU
