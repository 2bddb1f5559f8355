#!/bin/sh
# Signals to the supervisor, the programs that are run instead of its reactions, and what takes its place at the end.
. "${0%/*}/lib.sh"

# A program in .s6-svscan that says that it was run; what follows its name is run then.
program() {
    script .s6-svscan "$1" <<program
#!/bin/sh
echo "\$0, \$# arguments, in \$PWD" | sed 's|$work|WORK|' >>"$work/said"
${2-}
program
}

program SIGUSR1
program SIGTERM
program finish 'exit 7'
sleeper web
listen web
supervise
up web

say 'a program in place of a reaction'
kill -USR1 "$supervisor"
await 'SIGUSR1 is heard' grep -q USR1 "$work/said"
kill -TERM "$supervisor"
await 'SIGTERM is heard' grep -q TERM "$work/said"
kill -USR2 "$supervisor"
kill -WINCH "$supervisor"
run s6-svstat web

say 'reactions'
sleeper new
kill -ALRM "$supervisor"
await 'new is supervised' s6-svstat new
up new
mkdir "$work/elsewhere"
mv new "$work/elsewhere"
kill -HUP "$supervisor"
await 'new is let go' sh -c '! s6-svok "$0"' "$work/elsewhere/new"

say 'the end'
kill -INT "$supervisor"
wait "$supervisor"
echo "the supervisor ends with $?"
cat "$work/said"
heard web sudDx
