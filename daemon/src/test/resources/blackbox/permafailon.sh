#!/bin/sh
# s6-permafailon in finish: so many deaths of these kinds within so many seconds, and the service has failed for good.
. "${0%/*}/lib.sh"

# mortal NAME OPTIONS: its finish asks s6-permafailon. It dies of what it reads from go.
mortal() {
    service "$1" <<'run'
#!/bin/sh
echo >&3
read -r how <go
case $how in
    [0-9]*) exit "$how" ;;
    *) kill -s "$how" $$ ;;
esac
run
    setting "$1" notification-fd 3
    setting "$1" down
    mkfifo "$1/go"
    script "$1" finish <<finish
#!/bin/execlineb -P
s6-permafailon $2 redirfd -a 1 said echo "not yet"
finish
    listen "$1"
}

# dies NAME HOW: it runs once.
dies() {
    run s6-svc -wU -o "$1"
    echo "$2" >"$1/go"
    down "$1"
}

mortal codes '1000 3 1,101-103'
mortal signals '1000 2 SIGTERM,sigusr1,SIG10'
mortal cleared '1000 2 5'
supervise

say 'the third death of a kind that counts'
for how in 1 2 104 102 TERM 103; do
    dies codes $how
done
heard codes 's(uUdD){5}uUdOD'
tell codes
tally codes
run s6-svstat codes

say 'the second by a signal that counts; 143 is no signal'
for how in 143 TERM INT USR1; do
    dies signals $how
done
heard signals 's(uUdD){3}uUdOD'
tell signals

say 'whoever clears the tally begins anew'
dies cleared 5
run s6-svdt-clear cleared
dies cleared 5
heard cleared 's(uUdD){2}'
dies cleared 5
heard cleared 's(uUdD){2}uUdOD'
run s6-svdt cleared

say 'whoever waits for it is told, too'
(echo 5 >cleared/go) &
run s6-svlisten1 -D -t 30000 cleared s6-svc -u cleared
heard cleared 's(uUdD){2}(uUdOD){2}'
run s6-permafailon 1000 3
