#!/bin/sh
# .s6-svscan: finish is what the supervisor becomes in the end; SIGUSR1 and others are what it does when a signal comes.
. "${0%/*}/lib.sh"

announcer web
listen web
for each in finish SIGUSR1 SIGHUP; do
    script .s6-svscan $each <<run
#!/bin/sh
echo "$each with \$# arguments in \$(pwd -P), \$\$" >>"$work/said"
run
done
supervise
ready web

says() {
    await "$1 has run" grep -q "^$1" "$work/said"
    grep "^$1" "$work/said" | sed 's/, [0-9]*$//' | masked
}

find .s6-svscan ! -path '*/reeve*' -printf '%M %p\n' | LC_ALL=C sort -k2
kill -USR1 "$supervisor"
says SIGUSR1
kill -HUP "$supervisor"
says SIGHUP
run s6-svstat -o up,ready web
heard web suU
run s6-svscanctl -t .
wait "$supervisor"
echo "the supervisor ends with $?"
says finish
grep -q "^finish .*, $supervisor\$" "$work/said" && say 'finish was the same process'
heard web suUdDx
