# Sourced by the launchers: finds a Java 25 or later without starting one.
#
# Names begin with _reeve_, because a variable that the caller exported and a script assigns would reach the services changed.

# _reeve_inspect HOME [PROGRAM]: is HOME a Java 25 or later that has bin/PROGRAM?
# Sets _reeve_java_home and _reeve_java_arch (x86_64, aarch64) if it is.
_reeve_inspect() {
    [ -x "$1/bin/${2:-java}" ] && [ -r "$1/release" ] || return 1
    _reeve_version=
    _reeve_java_arch=
    while IFS='=' read -r _reeve_key _reeve_value; do
        _reeve_value=${_reeve_value#\"}
        _reeve_value=${_reeve_value%\"}
        case $_reeve_key in
            JAVA_VERSION) _reeve_version=${_reeve_value%%[!0-9]*} ;;
            OS_ARCH) _reeve_java_arch=$_reeve_value ;;
        esac
    done <"$1/release"
    [ "${_reeve_version:-0}" -ge 25 ] || return 1
    _reeve_java_home=$1
}

# _reeve_find_image WHO BIN PART: sets _reeve_image to where that part of reeve (daemon, cli) is for the launchers in BIN, in a
# distribution or as it was built, and _reeve_jar to its jar, which names all others.
_reeve_find_image() {
    _reeve_own_java=
    _reeve_image=$2/../lib/$3
    if [ -d "$_reeve_image" ]; then
        _reeve_own_java=$2/../jre
    else
        _reeve_image=$2/../$3/target/image
    fi
    if [ ! -d "$_reeve_image/lib" ]; then
        echo "$1: not built yet: type $2/build" >&2
        exit 2
    fi
    for _reeve_jar in "$_reeve_image/lib/reeve-$3"-*.jar; do
        break
    done
}

# _reeve_find_cache PART: sets _reeve_cache to the option that has the distribution's own Java use what it has worked out of these
# jars before, or to nothing. Java would not notice that a jar was replaced, and run what it held: the directory tells.
_reeve_find_cache() {
    _reeve_cache=
    if [ -n "$_reeve_own_java" ] && [ "$_reeve_java_home" = "$_reeve_own_java" ] && [ -r "$_reeve_image/$1.aot" ] &&
        ! [ "$_reeve_image/lib" -nt "$_reeve_image/$1.aot" ]; then
        _reeve_cache=-XX:AOTCache=$_reeve_image/$1.aot
    fi
}

# _reeve_find_libc WHO BIN: sets _reeve_libc to where the distribution's own libc is, or to nothing: another Java, or a distribution
# without one, has the machine's. Sets _reeve_loader to what starts a program with it; the name is what ps(1) shows.
_reeve_find_libc() {
    _reeve_libc=
    if [ -n "$_reeve_own_java" ] && [ "$_reeve_java_home" = "$_reeve_own_java" ] && [ -x "$2/../lib/glibc/$1" ]; then
        _reeve_libc=$2/../lib/glibc
        _reeve_loader=$_reeve_libc/$1
    fi
}

# _reeve_find_java WHO [PROGRAM]: the first of REEVE_JAVA_HOME, the distribution's own, JAVA_HOME, /usr/lib/jvm and PATH that will
# do; ends the script with one line that says what to install if none does. PROGRAM is javac where a JDK is needed.
_reeve_find_java() {
    if [ -n "${REEVE_JAVA_HOME-}" ]; then
        _reeve_inspect "$REEVE_JAVA_HOME" "${2-}" && return
        echo "$1: REEVE_JAVA_HOME is $REEVE_JAVA_HOME, which is no JDK 25 or later: correct it or unset it" >&2
        exit 2
    fi
    [ -n "${_reeve_own_java-}" ] && _reeve_inspect "$_reeve_own_java" "${2-}" && return
    [ -n "${JAVA_HOME-}" ] && _reeve_inspect "$JAVA_HOME" "${2-}" && return
    for _reeve_candidate in /usr/lib/jvm/*; do
        _reeve_inspect "$_reeve_candidate" "${2-}" && return
    done
    if _reeve_candidate=$(command -v "${2:-java}") && _reeve_candidate=$(readlink -f -- "$_reeve_candidate"); then
        _reeve_inspect "${_reeve_candidate%/bin/*}" "${2-}" && return
    fi
    echo "$1: needs Java 25 or later: install temurin-25-jdk or openjdk-25-jdk-headless, or set REEVE_JAVA_HOME to one" >&2
    exit 2
}
