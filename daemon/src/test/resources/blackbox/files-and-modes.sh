#!/bin/sh
# What lies in supervise/ and event/, of what kind, with which modes.
. "${0%/*}/lib.sh"

sleeper web
sleeper web/log
sleeper old
mkdir -m 1733 old/event
mkdir -m 710 old/supervise
supervise
up web web/log old

for each in web web/log old; do
    (cd $each && find event supervise ! -name death_tally ! -name '*ftrig*' -printf '%M %n %p\n' | LC_ALL=C sort -k3)
    (cd $each && find event supervise -not -user "$(id -u)" -o -not -group "$(id -g)")
done
run s6-svc -wd -d web
run s6-svc -wu -u web
(cd web && find event supervise ! -name death_tally ! -name '*ftrig*' -printf '%M %n %p\n' | LC_ALL=C sort -k3)
