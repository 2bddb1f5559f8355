#!/bin/sh
# Services with names that a shell would stumble over; and what no service is: a name that begins with a dot, and a file.
. "${0%/*}/lib.sh"

set -- 'two words' "it's" 'a"quote' 'semi;colon' 'star*' 'dollar$HOME' 'back\slash' 'grüße' '=' '@' '-dash' 'comma,1'
for each; do
    announcer "./$each"
    script "./$each" finish <<'finish'
#!/bin/sh
printf '%s\n' "$3" >>said
finish
done
mkdir .hidden
cp "./two words/run" .hidden/run
echo 'no service' >file
supervise
ready ./[!.f]*

for each; do
    run s6-svstat -o up,ready "./$each"
    run s6-svc -wD -d "./$each"
    tell "./$each"
done
run s6-svok .hidden
run s6-svok file
