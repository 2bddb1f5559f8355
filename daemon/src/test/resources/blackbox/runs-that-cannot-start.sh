#!/bin/sh
# A run that is not executable, is not there, or whose interpreter is not there: it never comes up, and stays wanted up.
# differs: never started: `paused` in the status
#      s6: status of locked: 35 bytes, pid 0, wstat 0000, flags ready
#   reeve: status of locked: 35 bytes, pid 0, wstat 0000, flags paused ready
# differs: never started: `paused` in the status
#      s6: status of without: 35 bytes, pid 0, wstat 0000, flags ready
#   reeve: status of without: 35 bytes, pid 0, wstat 0000, flags paused ready
# differs: never started: `paused` in the status
#      s6: status of astray: 35 bytes, pid 0, wstat 0000, flags ready
#   reeve: status of astray: 35 bytes, pid 0, wstat 0000, flags paused ready
. "${0%/*}/lib.sh"

sleeper locked without astray
chmod 644 locked/run
rm without/run
service astray <<'run'
#!/nonexistent/shell
run
for each in locked without astray; do
    setting $each down
    listen $each
done
supervise

for each in locked without astray; do
    run s6-svc -u $each
    await 'it is wanted up' sh -c "s6-svstat -o wantedup $each | grep -qx true"
    run s6-svwait -U -t 500 $each
    run s6-svstat -o up,wantedup $each
    run s6-svc -d $each
    await 'it is wanted down' sh -c "s6-svstat -o wantedup $each | grep -qx false"
    heard $each s
    status $each
done

say 'what can be started then, is'
chmod 755 locked/run
run s6-svc -wu -u locked
