#!/bin/sh
# s6-svscanctl: what is new is taken up by a scan, and what has gone is kept until it is pruned.
. "${0%/*}/lib.sh"

let_go() {
    # shellcheck disable=SC2016 # $0 is the inner shell's
    await "$1 is let go" sh -c '! s6-svok "$0"' "$1"
}

service web <<'run'
#!/bin/sh
trap 'echo last words; exit' TERM
while :; do sleep 0.05; done
run
service web/log <<'run'
#!/bin/sh
while read -r line; do echo "$line" >>said; done
echo end of input >>said
run
sleeper kept back
listen web
listen web/log
listen kept
run s6-svscanctl -z .
supervise
up web web/log kept back
stat -c '%A %n' .s6-svscan .s6-svscan/lock .s6-svscan/control
run s6-svscan .

say 'a scan'
mkdir "$work/elsewhere"
mv web back "$work/elsewhere"
sleeper new
run s6-svscanctl -a .
await 'new is supervised' s6-svstat new
up new
run s6-svstat "$work/elsewhere/web"
run s6-svstat "$work/elsewhere/web/log"
run s6-svc -wu -r "$work/elsewhere/back"

say 'a prune'
mv "$work/elsewhere/back" .
run s6-svscanctl -an .
let_go "$work/elsewhere/web"
let_go "$work/elsewhere/web/log"
cat "$work/elsewhere/web/log/said"
heard web sudDx
heard web/log sudDx
up back
run s6-svstat back
run s6-svstat new

say 'a hang-up, which is both'
mv kept "$work/elsewhere"
mv "$work/elsewhere/web" .
run s6-svscanctl -h .
let_go "$work/elsewhere/kept"
await 'web is supervised' s6-svstat web
up web web/log
heard kept sudDx

say 'the end'
run s6-svscanctl -t .
wait "$supervisor"
echo "the supervisor ends with $?"
cat web/log/said
run s6-svscanctl -t .
run s6-svok new
