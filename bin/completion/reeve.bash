# Completion of reeve for bash. Source it, or copy it to /usr/share/bash-completion/completions/reeve.
# shellcheck shell=bash

# The names of the services, asked of the daemon that the command line names; none where none answers in time.
_reeve_services() {
    local i options=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ ${COMP_WORDS[i]} == --socket ]] && options=(--socket "${COMP_WORDS[i + 1]}")
    done
    timeout 5 "${COMP_WORDS[0]}" "${options[@]}" list 2>/dev/null
}

_reeve_offer() {
    local IFS=$'\n' word
    COMPREPLY=()
    while read -r word; do
        [[ $word == "$2"* ]] && COMPREPLY+=("$(printf '%q' "$word")")
    done <<<"$1"
}

_reeve() {
    local commands='start stop restart reload signal status list tree why log wait watch rescan shutdown poweroff reboot halt debug init-maker version demo help svc svstat svok svwait svlisten svlisten1 svscanctl svlink svunlink svdt svdt-clear'
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local i command='' words=0 options='--socket --json --help'
    case $previous in
        --socket)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return
            ;;
        --timeout | --for | -n) return ;;
    esac
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --socket | --timeout | --for | -n) i=$((i + 1)) ;;
            -*) ;;
            *) if [[ $command ]]; then words=$((words + 1)); else command=${COMP_WORDS[i]}; fi ;;
        esac
    done
    if [[ $current == -* ]]; then
        case $command in
            start | stop | restart) options+=' --all --wait --timeout' ;;
            reload) options+=' --all' ;;
            shutdown) options+=' --wait --timeout' ;;
            reboot) options+=' --kexec' ;;
            halt) options+=' -p' ;;
            log) options+=' -n --follow --raw' ;;
            wait) options+=' --up --ready --down --timeout' ;;
            demo) options+=' --for' ;;
        esac
        _reeve_offer "${options// /$'\n'}" "$current"
        return
    fi
    case $command in
        sv*) mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
        '') _reeve_offer "${commands// /$'\n'}" "$current" ;;
        help) _reeve_offer "${commands// /$'\n'}" "$current" ;;
        debug) [[ $words == 0 ]] && _reeve_offer $'threads\nloop\nmemory\ndescriptors' "$current" ;;
        signal)
            if [[ $words == 0 ]]; then
                _reeve_offer $'HUP\nINT\nQUIT\nKILL\nUSR1\nUSR2\nALRM\nTERM\nCONT\nSTOP\nWINCH' "$current"
            else
                _reeve_offer "$(_reeve_services)" "$current"
            fi
            ;;
        start | stop | restart | reload | status | tree | why | log | wait | watch)
            _reeve_offer "$(_reeve_services)" "$current"
            ;;
    esac
}

complete -F _reeve reeve
