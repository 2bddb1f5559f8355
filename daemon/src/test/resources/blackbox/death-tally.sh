#!/bin/sh
# supervise/death_tally: each end of run, when and how; s6-svdt shows them, s6-svdt-clear forgets them.
. "${0%/*}/lib.sh"

service web <<'run'
#!/bin/sh
echo >&3
read -r how <go
case $how in
    [0-9]*) exit "$how" ;;
    *) kill -s "$how" $$ ;;
esac
run
setting web notification-fd 3
setting web down
setting web max-death-tally 4
mkfifo web/go
listen web
supervise

dies() {
    run s6-svc -wU -o web
    echo "$1" >web/go
    down web
}

run s6-svdt web
tally web
dies 3
tally web
run s6-svdt web
dies TERM
dies 0
tally web
run s6-svdt web
run s6-svdt -n 2 web
run s6-svdt -n 0 web
run s6-svdt -S web
run s6-svdt -s web
dies KILL
dies 255
say 'no more than max-death-tally'
tally web
run s6-svdt web
run s6-svdt-clear web
tally web
run s6-svdt web
dies 7
tally web
run s6-svdt web
run s6-svdt nothing

say 'none is kept where the greatest number is none'
echo 0 >web/max-death-tally
dies 8
tally web
