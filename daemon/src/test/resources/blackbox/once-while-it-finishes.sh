#!/bin/sh
# -u, -d, -o, -O while finish runs: what is wanted then is done when it has ended.
. "${0%/*}/lib.sh"

announcer web
script web finish <<'finish'
#!/bin/sh
read -r _ <go
finish
setting web timeout-finish 0
mkfifo web/go
listen web
supervise
ready web

finishes_and_is_wanted() {
    finishing web
    wanted web "$1"
    run s6-svstat web
    status web
}

let_it_finish() {
    echo >web/go
}

run s6-svc -wd -d web
run s6-svc -u web
finishes_and_is_wanted yes
let_it_finish
ready web
heard web suUdDuU

run s6-svc -wd -k web
run s6-svc -d web
finishes_and_is_wanted no
let_it_finish
down web
heard web suUdDuUdD
run s6-svc -wU -u web

for letter in o O; do
    run s6-svc -wd -k web
    run s6-svc -$letter web
    finishes_and_is_wanted no
    let_it_finish
    down web
    run s6-svc -wU -u web
done
heard web 'suU(dDuU){4}'
