#!/bin/sh
# -r: the service goes down and comes up again, by whatever signal stops it.
. "${0%/*}/lib.sh"

announcer web
announcer deaf
# Not a shell: one that traps a signal just before it waits for something else waits for that.
service deaf <<'run'
#!/usr/bin/env python3
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
os.write(3, b"\n")
os.close(3)
signal.sigwait([signal.SIGUSR1])
with open("said", "a") as said:
    said.write("stopped by USR1\n")
run
setting deaf down-signal USR1
announcer idle
setting idle down
slow_to_finish web deaf
listen web
listen deaf
listen idle
supervise
ready web deaf

before=$(s6-svstat -o pid web)
run s6-svc -wR -r web
after=$(s6-svstat -o pid web)
[ "$before" = "$after" ] || say 'web is another process now'
status web
run s6-svc -wr -r web
heard web 'suU(dDuU){2}'

run s6-svc -wR -r deaf
tell deaf
heard deaf suUdDuU

say 'what is down stays down'
run s6-svc -r idle
run s6-svc -wr -T 100 -r idle
heard idle s
