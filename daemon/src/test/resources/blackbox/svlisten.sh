#!/bin/sh
# s6-svlisten and s6-svlisten1: they listen first, run a program, and wait then.
. "${0%/*}/lib.sh"

announcer one two three
slow_to_finish three
setting three down
listen one
supervise
ready one two

run s6-svlisten1 -d one s6-svc -d one
run s6-svlisten1 -U one s6-svc -u one
run s6-svlisten1 -D -t 30000 one s6-svc -d one
run s6-svlisten1 -u -t 300 one true
run s6-svlisten1 one s6-svc -u one
heard one suUdDuUdDuU

say 'several services'
run s6-svlisten -D one two '' sh -c 's6-svc -d one; s6-svc -d two'
run s6-svlisten -U -t 30000 one two three '' sh -c 'for each in one two three; do s6-svc -u $each; done'
run s6-svlisten -o -d -t 30000 one two '' s6-svc -d two
run s6-svlisten -a -d -t 300 one two '' true
run s6-svlisten -r -t 30000 three '' s6-svc -r three
run execlineb -Pc 's6-svlisten -u -t 30000 { two } s6-svc -u two'

say 'what the program does is its own business, and so is how it ends'
run s6-svlisten1 -u one sh -c 'exit 7'
run s6-svlisten1 -u one /nonexistent
run s6-svlisten1 one
run s6-svlisten -u '' echo 'nothing to wait for'
