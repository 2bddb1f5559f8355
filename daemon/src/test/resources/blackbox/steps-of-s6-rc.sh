#!/bin/sh
# What s6-rc does with s6, step by step: live service directories are linked into the scan directory with a file down, waited for
# until they are supervised, brought up and down one by one, and renamed when the database changes.
. "${0%/*}/lib.sh"

announcer early
supervise
ready early

# As s6-rc-init: no service is started by its supervisor.
live=$work/live
mkdir "$live"
for each in db web; do
    announcer $each
    setting $each down
    mv $each "$live/$each"
    s6-mkfifodir -g "$(id -g)" "$live/$each/event"
    ln -s "$live/$each" .$each
done
# shellcheck disable=SC2016 # the inner shell's
run s6-ftrig-listen -a -t 30000 "$live/db/event" s "$live/web/event" s '' \
    sh -c 'for each in db web; do mv .$each s6-rc-$each; done; s6-svscanctl -a .'
for each in db web; do
    run s6-svstat s6-rc-$each
done

# As s6-rc -u change: what is up shall be up after the supervisor's next start, too.
for each in db web; do
    run s6-svc -uwU -T 30000 -- "$live/$each"
    rm "$live/$each/down"
    run s6-svstat "$live/$each"
done

# As s6-rc-update: what the new database has, too, is renamed into its live directory, and its process is kept.
before=$(s6-svstat -o pid "$live/db")
mkdir "$work/new"
mv "$live/db" "$work/new/db"
ln -s "$work/new/db" .db
mv -T .db s6-rc-db
run s6-svc -dwD -T 30000 -- "$live/web"
rm s6-rc-web
run s6-svscanctl -an .
await 'web is supervised no more' sh -c "! s6-svok '$live/web'"
run s6-svstat s6-rc-db
[ "$before" = "$(s6-svstat -o pid "$work/new/db")" ] && say 'db is the process that it was'

# As s6-rc -d change.
run s6-svc -dwD -T 30000 -- "$work/new/db"
touch "$work/new/db/down"
run s6-svstat "$work/new/db"
run s6-svstat early
