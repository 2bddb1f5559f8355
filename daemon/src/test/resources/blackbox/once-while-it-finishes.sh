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

wanted() {
    await "wanted up is $1" sh -c "s6-svstat -o wantedup web | grep -qx $1"
    run s6-svstat web
    status web
}

finishes() {
    echo >web/go
}

run s6-svc -wd -d web
run s6-svc -u web
wanted true
finishes
ready web
heard web suUdDuU

run s6-svc -wd -k web
run s6-svc -d web
wanted false
finishes
down web
heard web suUdDuUdD
run s6-svc -wU -u web

for letter in o O; do
    run s6-svc -wd -k web
    run s6-svc -$letter web
    wanted false
    finishes
    down web
    run s6-svc -wU -u web
done
heard web 'suU(dDuU){4}'
