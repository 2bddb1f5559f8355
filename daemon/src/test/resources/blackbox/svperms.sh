#!/bin/sh
# s6-svperms: who may look, order and listen. What it sets is kept.
. "${0%/*}/lib.sh"

announcer web
supervise
ready web

modes() {
    (cd web && stat -c '%A %G %n' event supervise supervise/control | sed "s/ $(id -gn) / GROUP /")
}

run s6-svperms web | sed "s/ $(id -gn)$/ GROUP/"
modes
for options in -o -e "-g :$(id -g)" "-G :$(id -g)" -u "-O :$(id -g)" "-E :$(id -g)"; do
    # shellcheck disable=SC2086 # an option and its value
    run s6-svperms -v $options web | sed -e "s/:$(id -g)/:GID/" -e "s/ $(id -gn)$/ GROUP/"
    modes
    run s6-svc -wD -d web
    run s6-svc -wU -u web
    modes
done
