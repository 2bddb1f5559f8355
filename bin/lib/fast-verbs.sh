# Sourced by bin/reeve: svc, svok, svstat and svscanctl without a JVM, by the files that s6's own clients use.
#
# Whatever is out of the ordinary (an option that is wrong, a file that is not there or may not be opened, a fifo that nobody reads)
# is left to the client proper, which knows what to say. So all that is said here is what s6's clients say where all is well.
#
# Names begin with _reeve_, because a variable that the caller exported and a script assigns would reach the client changed.

# _reeve_tell FIFO BYTES: writes to a control fifo, and fails if nobody reads it. It cannot hang: a shell that opens a fifo for writing
# waits for a reader, but one that opens it for both does not wait, and is a reader itself for the moment in which it opens it for writing.
# When the first descriptor is closed, the second is what O_NONBLOCK would have given: a write to it fails with EPIPE if there is nobody else.
# ">>" where ">" would do as well with a fifo: should somebody put a file in its place meanwhile, that is not emptied.
_reeve_tell() {
    [ -p "$1" ] && [ -r "$1" ] && [ -w "$1" ] || return 1
    trap '' PIPE
    {
        {
            exec 3>&-
            printf '%s' "$2" >&4
        } 3<>"$1" 4>>"$1"
    } 2>/dev/null
    _reeve_told=$?
    trap - PIPE
    return "$_reeve_told"
}

# _reeve_ok DIR: is it supervised? A newline is no command: whoever reads it passes it over. (A write of nothing would not tell.)
_reeve_ok() {
    _reeve_tell "$1/supervise/control" '
'
}

# svc LETTERS DIR...: those that cannot be told are left to the client proper.
_reeve_svc() {
    _reeve_letters=
    while [ $# -gt 0 ]; do
        case $1 in
            --)
                shift
                break
                ;;
            -*[!abqhkti12pcyrlPCKoduDUxOQ-]* | -*-*) return ;;
            -?*) _reeve_letters=$_reeve_letters${1#-} ;;
            *) break ;;
        esac
        shift
    done
    [ -n "$_reeve_letters" ] && [ ${#_reeve_letters} -le 63 ] && [ $# -gt 0 ] || return
    for _reeve_directory in "$@"; do
        [ -n "$_reeve_directory" ] || return
    done
    _reeve_left=$#
    while [ "$_reeve_left" -gt 0 ]; do
        _reeve_tell "$1/supervise/control" "$_reeve_letters" || set -- "$@" "$1"
        shift
        _reeve_left=$((_reeve_left - 1))
    done
    [ $# -gt 0 ] || exit 0
    _reeve_start svc "-$_reeve_letters" -- "$@"
}

# svscanctl LETTERS SCANDIR
_reeve_svscanctl() {
    _reeve_letters=
    while [ $# -gt 0 ]; do
        case $1 in
            --)
                shift
                break
                ;;
            -*[!zabhitqnN-]* | -*-*) return ;;
            -?*) _reeve_letters=$_reeve_letters${1#-} ;;
            *) break ;;
        esac
        shift
    done
    [ -n "$_reeve_letters" ] && [ ${#_reeve_letters} -le 64 ] && [ -n "${1-}" ] || return
    _reeve_tell "$1/.s6-svscan/control" "$_reeve_letters" && exit 0
}

_reeve_svok() {
    case ${1-} in
        '' | --*) ;;
        *) _reeve_ok "$1" && exit 0 ;;
    esac
}

_reeve_svstat() {
    _reeve_fields=
    _reeve_numbers=false
    while [ $# -gt 0 ]; do
        case $1 in
            --)
                shift
                break
                ;;
            --*) return ;;
            -?*) _reeve_word=${1#-} ;;
            *) break ;;
        esac
        shift
        while [ -n "$_reeve_word" ]; do
            _reeve_letter=${_reeve_word%"${_reeve_word#?}"}
            _reeve_word=${_reeve_word#?}
            case $_reeve_letter in
                n) _reeve_numbers=true ;;
                o)
                    if [ -z "$_reeve_word" ]; then
                        [ $# -gt 0 ] || return
                        _reeve_word=$1
                        shift
                    fi
                    case $_reeve_word in *[!a-z,]*) return ;; esac
                    _reeve_fields="$_reeve_fields ${_reeve_word%,}"
                    _reeve_word=
                    ;;
                u) _reeve_fields="$_reeve_fields up" ;;
                w) _reeve_fields="$_reeve_fields wantedup" ;;
                N) _reeve_fields="$_reeve_fields normallyup" ;;
                r) _reeve_fields="$_reeve_fields ready" ;;
                p) _reeve_fields="$_reeve_fields pid" ;;
                g) _reeve_fields="$_reeve_fields pgid" ;;
                e) _reeve_fields="$_reeve_fields exitcode" ;;
                s) _reeve_fields="$_reeve_fields signal" ;;
                t) _reeve_fields="$_reeve_fields updownfor" ;;
                *) return ;;
            esac
        done
    done
    [ -n "${1-}" ] && [ -r "$1/supervise/status" ] && _reeve_ok "$1" && _reeve_read_status "$1" || return
    if [ -e "$1/down" ]; then _reeve_normallyup=false; else _reeve_normallyup=true; fi
    if [ -n "${_reeve_fields# }" ]; then
        _reeve_say_fields
    else
        _reeve_say_sentence
    fi
}

# _reeve_read_status DIR: takes apart the 35 bytes of supervise/status: two TAI64N labels, a pid, how run ended, flags.
_reeve_read_status() {
    # shellcheck disable=SC2046 # one word a byte
    set -- $(od -An -v -tx1 -N36 "$1/supervise/status" 2>/dev/null)
    [ $# = 35 ] || return
    _reeve_changed=$1$2$3$4$5$6$7$8$9${10}${11}${12}
    shift 12
    _reeve_ready_changed=$1$2$3$4$5$6$7$8$9${10}${11}${12}
    shift 12
    _reeve_pid=$((0x$1$2$3$4$5$6$7$8))
    _reeve_end=$((0x$9${10}))
    _reeve_flags=$((0x${11}))
    _reeve_signum=$((_reeve_end & 127))
    _reeve_exitcode=$((_reeve_end >> 8))
    _reeve_up=false
    [ "$_reeve_pid" = 0 ] || [ $((_reeve_flags & 2)) != 0 ] || _reeve_up=true
    _reeve_flag 1 && _reeve_paused=true || _reeve_paused=false
    _reeve_flag 4 && _reeve_wantedup=true || _reeve_wantedup=false
    _reeve_flag 8 && _reeve_ready=true || _reeve_ready=false
    _reeve_now=
}

_reeve_flag() {
    [ $((_reeve_flags & $1)) != 0 ]
}

# _reeve_seconds LABEL: whole seconds since then, in _reeve_for.
_reeve_seconds() {
    if [ -z "$_reeve_now" ]; then
        _reeve_now=$(date +%s%N)
        # Not every date knows nanoseconds.
        case $_reeve_now in
            *[!0-9]*) _reeve_nanos=999999999 _reeve_now=${_reeve_now%%[!0-9]*} ;;
            *) _reeve_nanos=${_reeve_now#"${_reeve_now%?????????}"} _reeve_now=${_reeve_now%?????????} ;;
        esac
    fi
    _reeve_low=${1#????????????????}
    # TAI64 begins at 2^62 and is 37 seconds ahead.
    _reeve_for=$((_reeve_now + 0x4000000000000000 + 37 - 0x${1%????????}))
    [ "1$_reeve_nanos" -ge "$((1000000000 + 0x$_reeve_low))" ] || _reeve_for=$((_reeve_for - 1))
    [ "$_reeve_for" -ge 0 ] || _reeve_for=0
}

_reeve_say_sentence() {
    if $_reeve_up; then
        _reeve_line="up (pid $_reeve_pid pgid $_reeve_pid)"
    elif [ "$_reeve_pid" = 0 ] && $_reeve_paused; then
        _reeve_line='down (not started yet)'
    elif [ "$_reeve_signum" = 0 ]; then
        _reeve_line="down (exitcode $_reeve_exitcode)"
    elif $_reeve_numbers; then
        _reeve_line="down (signal $_reeve_signum)"
    else
        _reeve_name_signal || return
        _reeve_line="down (signal $_reeve_signal)"
    fi
    _reeve_seconds "$_reeve_changed"
    _reeve_line="$_reeve_line $_reeve_for seconds"
    case $_reeve_up,$_reeve_normallyup in
        true,false) _reeve_line="$_reeve_line, normally down" ;;
        false,true) _reeve_line="$_reeve_line, normally up" ;;
    esac
    $_reeve_up && $_reeve_paused && _reeve_line="$_reeve_line, paused"
    case $_reeve_up,$_reeve_wantedup in
        true,false) _reeve_line="$_reeve_line, want down" ;;
        false,true) _reeve_line="$_reeve_line, want up" ;;
    esac
    if $_reeve_ready; then
        _reeve_seconds "$_reeve_ready_changed"
        _reeve_line="$_reeve_line, ready $_reeve_for seconds"
    fi
    printf '%s\n' "$_reeve_line" || exit 111
    exit 0
}

_reeve_say_fields() {
    _reeve_line=
    IFS=' ,'
    for _reeve_field in $_reeve_fields; do
        unset IFS
        case $_reeve_field in
            up) _reeve_value=$_reeve_up ;;
            wantedup) _reeve_value=$_reeve_wantedup ;;
            normallyup) _reeve_value=$_reeve_normallyup ;;
            ready) $_reeve_up && _reeve_value=$_reeve_ready || _reeve_value=false ;;
            paused) _reeve_value=$_reeve_paused ;;
            pid | pgid) $_reeve_up && _reeve_value=$_reeve_pid || _reeve_value=-1 ;;
            exitcode) _reeve_ended 0 && _reeve_value=$_reeve_exitcode || _reeve_value=-1 ;;
            signum) _reeve_ended 1 && _reeve_value=$_reeve_signum || _reeve_value=-1 ;;
            signal)
                _reeve_value=NA
                if _reeve_ended 1; then
                    _reeve_name_signal || return
                    _reeve_value=$_reeve_signal
                fi
                ;;
            updownsince) _reeve_value=@$_reeve_changed ;;
            readysince) _reeve_value=@$_reeve_ready_changed ;;
            updownfor) _reeve_seconds "$_reeve_changed" && _reeve_value=$_reeve_for ;;
            readyfor) _reeve_seconds "$_reeve_ready_changed" && _reeve_value=$_reeve_for ;;
            *) return ;;
        esac
        _reeve_line="$_reeve_line $_reeve_value"
    done
    printf '%s\n' "${_reeve_line# }" || exit 111
    exit 0
}

# _reeve_ended 1: has run ended by a signal? _reeve_ended 0: has it exited?
_reeve_ended() {
    ! $_reeve_up && if [ "$1" = 1 ]; then [ "$_reeve_signum" != 0 ]; else [ "$_reeve_signum" = 0 ]; fi
}

# Fails for what is no signal that has a name: the client proper knows more.
_reeve_name_signal() {
    [ "$_reeve_signum" -le 31 ] || return
    set -- HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ \
        VTALRM PROF WINCH IO PWR SYS
    shift $((_reeve_signum - 1))
    _reeve_signal=SIG$1
}
