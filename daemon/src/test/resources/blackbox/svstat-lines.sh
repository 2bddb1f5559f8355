#!/bin/sh
# The line that s6-svstat prints, in each situation that it has words for.
. "${0%/*}/lib.sh"

announcer ready
sleeper plain idle
setting idle down
service quitter <<'run'
#!/bin/sh
exit 3
run
script quitter finish <<'finish'
#!/bin/sh
exec s6-svc -d .
finish
supervise

ready ready
up plain
run s6-svstat ready
run s6-svstat plain
run s6-svstat idle

say 'up, though it is meant to be down, and down, though it is meant to be up'
run s6-svc -wu -u idle
run s6-svstat idle
run s6-svc -wD -d plain
run s6-svstat plain
await 'quitter is really down' sh -c 's6-svstat quitter | grep -q "down.*, ready"'
run s6-svstat quitter

say 'how its end is told'
run s6-svc -wu -u plain
run s6-svc -wD -kd plain
run s6-svstat plain
run s6-svstat -n plain
