#!/bin/sh
# The files restart and restart-limit say when a service that ended is started again. s6 does not know them.
# differs: the files `restart` and `restart-limit`
#      s6: heard of never: suUdDuU
#   reeve: heard of never: suUdD
# differs: the files `restart` and `restart-limit`
#      s6: up (pid N) N seconds, ready N seconds
#   reeve: down (exitcode 0) N seconds, normally up, ready N seconds
# differs: the files `restart` and `restart-limit`
#      s6: heard of on-failure: suUdDuUdDuU
#   reeve: heard of on-failure: suUdDuUdD
# differs: the files `restart` and `restart-limit`
#      s6: heard of limited: suUdDuUdDuU
#   reeve: heard of limited: suUdDuUdOD
. "${0%/*}/lib.sh"

for each in never on-failure limited; do
    service $each <<'run'
#!/bin/sh
echo >&3
exec 3>&-
read -r code <go
exit "$code"
run
    setting $each notification-fd 3
    mkfifo $each/go
    listen $each
done
setting never restart never
setting on-failure restart on-failure
setting limited restart-limit 1/1000
supervise
ready never on-failure limited

# What each world is waited for.
expect() {
    case $world in
        s6) heard "$1" "$2" ;;
        reeve) heard "$1" "$3" ;;
    esac
}

echo 0 >never/go
expect never suUdDuU suUdD
run s6-svstat never

echo 1 >on-failure/go
heard on-failure suUdDuU
echo 0 >on-failure/go
expect on-failure suUdDuUdDuU suUdDuUdD
echo 1 >limited/go
heard limited suUdDuU
echo 1 >limited/go
expect limited suUdDuUdDuU suUdDuUdOD
run s6-svc -wD -d never
