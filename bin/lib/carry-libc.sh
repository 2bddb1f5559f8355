# Sourced by bin/dist, whose $tree is the distribution.

# carry_libc DIRECTORY FILE...: collects what these files of a distribution need of this machine's libc: the loader under its own name
# and under those of the programs that it starts; every library; the locale that names are read by; four programs that know more than
# busybox's do: env(1) blocks signals, unshare(1) and setpriv(1) rehearse a boot, setpriv(1) and prlimit(1) give services their user and
# limits; and under what terms all that may be handed on.
carry_libc() {
    _into=$1
    shift
    mkdir -p "$_into/locale"
    for _program in env unshare setpriv prlimit; do
        if ! _path=$(command -v "$_program"); then
            echo "dist: there is no $_program(1) here for the distribution to carry: install coreutils and util-linux" >&2
            exit 1
        fi
        cp -L "$_path" "$_into/"
    done
    ldd "$@" "$_into/env" "$_into/unshare" "$_into/setpriv" "$_into/prlimit" | sed -n 's|^\t\(.* => \)\{0,1\}\(/.*\) (0x[0-9a-f]*)$|\2|p' | sort -u |
        while read -r _library; do
            case $_library in
                "$tree"/*) ;;
                *) cp -L "$_library" "$_into/" ;;
            esac
        done
    _loader=$(basename "$(ls "$_into"/ld-*.so* "$_into"/ld64*.so* 2>/dev/null | head -n 1)")
    if [ ! -f "$_into/libc.so.6" ] || [ -z "$_loader" ]; then
        echo "dist: no glibc is to be found by ldd: make the distribution on a machine that has one" >&2
        exit 1
    fi
    for _name in reeve reeved reeve-init reeve-svscan; do
        ln -s "$_loader" "$_into/$_name"
    done
    for _locale in C.utf8 C.UTF-8; do
        if [ -d "/usr/lib/locale/$_locale" ]; then
            cp -R "/usr/lib/locale/$_locale" "$_into/locale/C.utf8"
            break
        fi
    done
    if [ ! -f "$_into/locale/C.utf8/LC_CTYPE" ]; then
        echo "dist: this machine has no locale C.UTF-8 in /usr/lib/locale, without which names are not read as UTF-8" >&2
        exit 1
    fi
    for _package in libc6 coreutils util-linux libcap-ng0 libsmartcols1; do
        [ ! -r "/usr/share/doc/$_package/copyright" ] || cp "/usr/share/doc/$_package/copyright" "$_into/copyright.$_package"
    done
}
