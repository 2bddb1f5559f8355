#!/bin/sh
# run as an execline script, a shell script, and a program: each is started with the service's name, in its directory, as the
# leader of a session.
. "${0%/*}/lib.sh"

service in-execline <<'run'
#!/bin/execlineb -S1
foreground { redirfd -w 1 said printf "%s\n" "my name is ${1}" }
cat in-execline
run
service in-sh <<'run'
#!/bin/sh
echo "my name is $1" >said
exec cat in-sh
run
# The program waits at a fifo of the service's name.
mkdir program
cp "$(command -v cat)" program/run
for each in in-execline in-sh program; do
    mkfifo $each/$each
    listen $each
done
supervise
up in-execline in-sh program

lines in-execline 1
lines in-sh 1
for each in in-execline in-sh program; do
    pid=$(s6-svstat -o pid $each)
    await "$each reads its fifo" sh -c "tr '\\0' ' ' </proc/$pid/cmdline | grep -q '$each \$'"
    echo "$each works in $(readlink "/proc/$pid/cwd" | masked)"
    ps -o pid= -o pgid= -o sid= -p "$pid" | awk -v name=$each '{ if ($1 == $2 && $1 == $3) print name " leads its session" }'
    for set in SigBlk SigIgn; do
        mask=$(sed -n "s/^$set:.//p" "/proc/$pid/status")
        # Of the first 31 signals: the others are for C libraries.
        echo "$each has $set $((0x$mask & 0x7fffffff))"
    done
    echo "$each has $(grep ^Umask "/proc/$pid/status" | tr '\t' ' ')"
done

say 'the writer of the fifo ends: cat has done its work'
: >program/program
heard program sudDu
status program
run s6-svc -wD -d program
run s6-svstat program
