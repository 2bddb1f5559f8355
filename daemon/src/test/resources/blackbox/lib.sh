# What every script of this folder begins with: a scan directory of its own, a supervisor on it, and words to observe it with.
#
# A script runs by hand, too, once on s6 and once on reeve; what it prints is what a test compares, line by line:
#
#     diff <(readiness.sh s6) <(readiness.sh reeve)
#
# Pids, durations, time stamps and the script's own directory are masked. A script waits for conditions, never for a time, so
# that it prints the same on a slow machine.
# shellcheck shell=sh

set -u
LC_ALL=C
umask 022

for each in s6-svscan execlineb; do
    command -v $each >/dev/null || { echo "$each is not installed: bin/test installs it" >&2 && exit 77; }
done
world=${1:?which supervisor? type s6 or reeve}
case $0 in
    /*) here=${0%/*} ;;
    */*) here=$PWD/${0%/*} ;;
    *) here=$PWD ;;
esac
home=$here/../../../../..
name=${0##*/}
work=$(mktemp -d "${TMPDIR:-/tmp}/${name%.sh}.XXXXXX") && work=$(cd "$work" && pwd -P) || exit
scan=$work/scan
patience=30000
supervisor=
listeners=0
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# Everything that a script starts works in a directory below its own.
clean_up() {
    cd /
    [ -z "$supervisor" ] || kill -KILL "$supervisor" 2>/dev/null
    while remain=$(below) && [ -n "$remain" ]; do
        # shellcheck disable=SC2086 # a list of pids
        kill -KILL $remain 2>/dev/null
    done
    rm -rf "$work"
}

below() {
    ls -l /proc/[0-9]*/cwd 2>/dev/null | sed -n "s|.*/proc/\([0-9]*\)/cwd -> $work.*|\1|p" | grep -vx $$
}

# service NAME: its `run` is what comes on standard input.
service() {
    script "$1" run
}

# script NAME FILE: an executable of a service, `finish` for one, is what comes on standard input.
script() {
    mkdir -p "$scan/$1/$(dirname "$2")"
    cat >"$scan/$1/$2"
    chmod 755 "$scan/$1/$2"
}

# sleeper NAME...: services that do nothing until a signal ends them.
sleeper() {
    for each; do
        service "$each" <<'run'
#!/bin/sh
exec sleep 1000
run
    done
}

# announcer NAME...: services that say at once that they are ready, and do nothing until a signal ends them.
announcer() {
    for each; do
        service "$each" <<'run'
#!/bin/execlineb -P
foreground { fdmove 1 3 echo } sleep 1000
run
        setting "$each" notification-fd 3
    done
}

# slow_to_finish NAME...: services whose `finish` takes a moment, so that what a client sees in it is seen.
slow_to_finish() {
    for each; do
        script "$each" finish <<'finish'
#!/bin/sh
exec sleep 1
finish
    done
}

# setting NAME FILE [TEXT]: a file of a service.
setting() {
    printf '%s' "${3-}" >"$scan/$1/$2"
}

# supervise: starts the supervisor, and waits until it has every service that is there.
supervise() {
    # A shell's children in the background ignore SIGINT and SIGQUIT, and s6 hands that on.
    case $world in
        s6) env --default-signal s6-svscan "$scan" </dev/null >>"$work/log" 2>&1 & ;;
        reeve) env --default-signal "$home/bin/reeve-svscan" "$scan" </dev/null >>"$work/log" 2>&1 & ;;
        *) echo "no such supervisor: $world" >&2 && exit 2 ;;
    esac
    supervisor=$!
    for each in ./*/ ./*/log/; do
        [ ! -e "$each/run" ] || await "$each is supervised" s6-svstat "$each"
    done
}

# await WHAT COMMAND...: waits until a command succeeds.
await() {
    what=$1
    shift
    tries=$((patience / 20))
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || { echo "given up: $what" && return 1; }
        sleep 0.02
    done
}

# up NAME..., ready NAME..., down NAME...: waits until they are, by s6's own word. It has to be true for nothing else.
# (A service that is just being taken up is to be awaited by s6-svstat first: s6-svok is content with its lock.)
up() {
    s6-svwait -u -t $patience "$@" || echo "given up: $* up"
}

ready() {
    s6-svwait -U -t $patience "$@" || echo "given up: $* ready"
}

# unwanted SERVICE: waits until it is not wanted up. What its finish has said of that may be heard after its end.
unwanted() {
    for _ in $(seq 100); do
        [ "$(s6-svstat -o wantedup "$1")" != false ] || return 0
        sleep 0.1
    done
    echo "given up: $1 not wanted"
}

down() {
    s6-svwait -D -t $patience "$@" || echo "given up: $* really down"
}

# wanted NAME yes|no: waits until that is what the status says. A client that waits for a state ends at once where it is there
# already, perhaps before its letter was read.
wanted() {
    wanted_up=false
    [ "$2" = no ] || wanted_up=true
    await "$1 is wanted up: $2" sh -c "s6-svstat -o wantedup $1 | grep -qx $wanted_up"
}

# finishing NAME: waits until the status says that finish runs: reeve shows the death first, and starts finish then.
finishing() {
    await "finish of $1 runs" sh -c "od -An -v -tu1 -j34 -N1 $1/supervise/status | awk '{ exit int(\$1 / 2) % 2 ? 0 : 1 }'"
}

# masked: what differs from run to run is made the same.
masked() {
    sed -e "s|$work|WORK|g" -e 's/pid [1-9][0-9]*/pid N/g' -e 's/[0-9][0-9]* seconds/N seconds/g' -e 's/@[0-9a-f]\{24\}/@STAMP/g'
}

# run COMMAND...: shows a command, what it prints, and its exit code. One whose time was up before it had come to listening is
# run again: it has seen nothing yet.
run() {
    printf '$ %s\n' "$*" | masked
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        "$@" >"$work/output" 2>&1 </dev/null
        code=$?
        grep -Eq '(ftrigr|subscribe).*: Connection timed out' "$work/output" || break
    done
    masked <"$work/output"
    echo "= $code"
}

# measure COMMAND...: as run, for a command that prints a number that is another in each run.
measure() {
    run "$@" | sed -e 's/^[0-9][0-9]*$/N/'
}

# tell NAME: the lines that a service has written into the file `said` of its directory. lines NAME NUMBER: once it has so many.
tell() {
    echo "said by $1:"
    masked <"$1/said"
}

lines() {
    # shellcheck disable=SC2016 # $0 and $1 are the inner shell's
    await "$1 has said $2 lines" sh -c '[ "$(wc -l <"$0/said")" -ge "$1" ]' "$1" "$2"
    tell "$1"
}

say() {
    echo "# $*"
}

# listen NAME: records every event of a service from now on, before it is supervised, too.
listen() {
    listeners=$((listeners + 1))
    [ -d "$1/event" ] || s6-mkfifodir -g "$(id -g)" "$1/event"
    fifo=$(printf 'ftrig1:@%024d:reeve%d' 0 $listeners)
    mkfifo -m 622 "$1/event/.$fifo"
    (
        exec <>"$1/event/.$fifo" >"$(recording "$1")"
        mv "$1/event/.$fifo" "$1/event/$fifo"
        exec cat
    ) &
    await "listens to $1" test -p "$1/event/$fifo"
}

recording() {
    echo "$work/heard.$(echo "$1" | tr / _)"
}

# heard NAME REGEX: waits until the events of a service are these, and shows what they are.
heard() {
    await "events of $1 are $2" grep -Eqx "$2" "$(recording "$1")"
    echo "heard of $1: $(cat "$(recording "$1")")"
}

# status NAME: what its supervise/status says, byte for byte, its stamps apart: they are in the past, and never run backwards.
status() {
    od -An -v -tx1 "$1/supervise/status" | tr -d ' \n' >"$work/status"
    awk -v name="$1" -v now="$(printf '%x' $((0x4000000000000000 + 37 + 1 + $(date +%s))))" -v memory="$work/stamps" '
        BEGIN { while ((getline line < memory) > 0) { split(line, was, "|"); if (was[1] == name) { up = was[2]; ready = was[3] } } }
        {
            flags = index("0123456789abcdef", substr($0, 70, 1)) - 1
            words = int(flags / 1) % 2 ? " paused" : ""
            words = words (int(flags / 2) % 2 ? " finishing" : "")
            words = words (int(flags / 4) % 2 ? " want-up" : "")
            words = words (int(flags / 8) % 2 ? " ready" : "")
            pid = substr($0, 49, 16) ~ /^0+$/ ? "0" : "N"
            printf "status of %s: %d bytes, pid %s, wstat %s, flags%s\n", name, length($0) / 2, pid, substr($0, 65, 4), words
            if (substr($0, 1, 24) < up || substr($0, 25, 24) < ready) print "its stamps run backwards: " up " " ready " " $0
            if (substr($0, 1, 16) > now || substr($0, 25, 16) > now) print "its stamps are of the future: " now " " $0
            print name "|" substr($0, 1, 24) "|" substr($0, 25, 24) >> memory
        }' "$work/status"
}

# tally NAME: the entries of its supervise/death_tally, 14 bytes each: their stamps are in order.
tally() {
    echo "tally of $1: $(wc -c <"$1/supervise/death_tally") bytes"
    od -An -v -tx1 -w14 "$1/supervise/death_tally" | tr -d ' ' | awk '
        { print "    exit code 0x" substr($0, 25, 2) ", signal 0x" substr($0, 27, 2) }
        substr($0, 1, 24) < last { print "its stamps run backwards: " last " " $0 }
        { last = substr($0, 1, 24) }'
}

mkdir "$scan"
cd "$scan" || exit
