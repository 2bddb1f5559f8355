#!/bin/sh
# What finish is told: how run ended, and the service's name.
. "${0%/*}/lib.sh"

service exits <<'run'
#!/bin/sh
exit 7
run
announcer killed
service killed/log <<'run'
#!/bin/sh
exec cat
run
for each in exits killed killed/log; do
    script $each finish <<'finish'
#!/bin/execlineb -S3
foreground { redirfd -a 1 said printf "%s\n" "code ${1}, signal ${2}, name ${3}" }
s6-svc -d .
finish
done
listen exits
supervise

lines exits 1
down exits
run s6-svstat exits
status exits
heard exits sudD
ready killed
run s6-svc -wD -d killed
tell killed
status killed
run s6-svc -wU -u killed
run s6-svc -wD -k killed
unwanted killed
tell killed
status killed
run s6-svc -wD -t killed/log
tell killed/log
