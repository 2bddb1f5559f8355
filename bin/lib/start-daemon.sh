# Sourced by the launchers of the daemon, which say which program ($_reeve_program) of which class ($_reeve_class) it is, in which
# directory ($_reeve_bin) they are, and perhaps what options it has more ($_reeve_more_options): executes a JVM whose every thread has
# reeve's signals blocked and whose environment cannot break it. docs/ARCHITECTURE.md says why. Whatever is added to the environment is
# named LC_ALL, LOCPATH, _JAVA_SR_SIGNUM, LD_LIBRARY_PATH or REEVE_SAVED_..., and the daemon takes it out again: services get exactly
# what the caller had.

# A descriptor that is closed would become one of the JVM's own files. Where there are no devices yet, any file will do that can
# only be read, until the daemon has mounted some.
if [ -c /dev/null ]; then
    true 3>&2 || exec 2>/dev/null
    { true 3<&0; } 2>/dev/null || exec </dev/null
    { true 3>&1; } 2>/dev/null || exec >/dev/null
else
    true 3>&2 || exec 2<"$_reeve_bin/lib/start-daemon.sh"
    { true 3<&0; } 2>&- || exec <"$_reeve_bin/lib/start-daemon.sh"
    { true 3>&1; } 2>&- || exec 1<"$_reeve_bin/lib/start-daemon.sh"
fi

# What would make a JVM refuse to start or behave differently is kept aside, unset told apart from empty. (Names are UTF-8 to
# reeve, whatever the locale.)
for _reeve_name in JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT \
    LC_ALL LOCPATH _JAVA_SR_SIGNUM; do
    unset "REEVE_SAVED_$_reeve_name"
    eval "if [ -n \"\${$_reeve_name+set}\" ]; then
        export REEVE_SAVED_$_reeve_name=\"\$$_reeve_name\"
        unset $_reeve_name
    fi"
done

# shellcheck source=bin/lib/find-java.sh
. "$_reeve_bin/lib/find-java.sh"
_reeve_find_image "$_reeve_program" "$_reeve_bin" daemon
_reeve_find_java "$_reeve_program"
_reeve_find_cache daemon
_reeve_find_libc "$_reeve_program" "$_reeve_bin"
_reeve_native=$_reeve_image/native/${_reeve_java_arch:-$(uname -m)}

_reeve_newline='
'
_reeve_options=@$_reeve_bin/lib/reeved.jvm-options
set -- "$_reeve_java_home/bin/java" "$_reeve_options" ${_reeve_more_options:+"$_reeve_more_options"} ${_reeve_cache:+"$_reeve_cache"} \
    "-Dreeve.options=$_reeve_options${_reeve_more_options:+$_reeve_newline$_reeve_more_options}${_reeve_cache:+$_reeve_newline$_reeve_cache}" \
    "-Djava.library.path=$_reeve_native" "-Djffi.boot.library.path=$_reeve_native" \
    -cp "$_reeve_jar" "$_reeve_class" "$@"
if [ -n "$_reeve_libc" ]; then
    set -- "LOCPATH=$_reeve_libc/locale" "$_reeve_loader" --library-path "$_reeve_libc" "$@"
fi

# A shell changes these on its own account: give them back as the kernel has them on record. Without /proc, which is how a
# kernel starts its first process, there were none.
_reeve_environ=$_reeve_newline$(tr '\0\n' '\n ' 2>&- </proc/$$/environ)$_reeve_newline
_reeve_unset=
for _reeve_name in PWD OLDPWD SHLVL OPTIND PPID IFS _; do
    case $_reeve_environ in
        *"$_reeve_newline$_reeve_name="*)
            _reeve_value=${_reeve_environ#*"$_reeve_newline$_reeve_name="}
            set -- "$_reeve_name=${_reeve_value%%"$_reeve_newline"*}" "$@"
            ;;
        *) _reeve_unset="$_reeve_unset -u $_reeve_name" ;;
    esac
done

# Names that no shell variable can have, a shell drops: they are handed on, too.
_reeve_ifs=$IFS
IFS=$_reeve_newline
set -f
for _reeve_entry in $_reeve_environ; do
    case ${_reeve_entry%%=*} in
        "$_reeve_entry" | -* | '') ;;
        [0-9]* | *[!A-Za-z0-9_]*) set -- "$_reeve_entry" "$@" ;;
    esac
done
set +f
IFS=$_reeve_ifs

# Every thread of the JVM inherits the mask that it is exec'ed with, and signalfd sees only what all of them block. There must
# be no shell between env and java: it would clear the mask.
_reeve_signals='--default-signal=CHLD,PIPE --block-signal=HUP,INT,QUIT,ABRT,USR1,USR2,ALRM,TERM,CHLD,WINCH,PWR,37,38,39,40'
if [ -z "$_reeve_libc" ] && ! env --block-signal=USR1 true 2>&-; then
    _reeve_signals=
    echo "$_reeve_program: this env cannot block signals (coreutils 8.31 and later can): the daemon does it and starts itself again" >&2
fi
# Java finds its libraries by /proc. (The caller's own LD_LIBRARY_PATH is kept aside.)
if [ ! -e /proc/self/exe ]; then
    set -- "LD_LIBRARY_PATH=$_reeve_java_home/lib" "$@"
fi
# shellcheck disable=SC2086 # both are lists of words
set -- $_reeve_signals $_reeve_unset _JAVA_SR_SIGNUM=62 LC_ALL=C.UTF-8 "$@"
if [ -n "$_reeve_libc" ]; then
    exec "$_reeve_loader" --library-path "$_reeve_libc" "$_reeve_libc/env" "$@"
fi
exec env "$@"
