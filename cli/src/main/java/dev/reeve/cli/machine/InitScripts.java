package dev.reeve.cli.machine;

/// The scripts of a machine's init directory.
final class InitScripts {
    /// What a container has been given by who has started it.
    private static final String MOUNTS = """
            # The file systems that most programs expect, unless something has mounted them before.
            is_mounted() { while read -r _ at _; do [ "$at" = "$1" ] && return; done </proc/mounts; return 1; }
            [ -e /proc/self ] || mount -t proc -o nosuid,noexec,nodev proc /proc
            is_mounted /sys || mount -t sysfs -o nosuid,noexec,nodev sysfs /sys
            mkdir -p /dev/pts /dev/shm
            is_mounted /dev/pts || mount -t devpts -o nosuid,noexec,gid=5,mode=0620 devpts /dev/pts
            is_mounted /dev/shm || mount -t tmpfs -o nosuid,nodev tmpfs /dev/shm

            # What the machine is called.
            [ ! -r /etc/hostname ] || read -r name </etc/hostname && echo "${name-}" >/proc/sys/kernel/hostname

            # Add what this machine needs: fsck, mount -a, modules, udev, the network. For the power button:
            # modprobe -a button evdev

            """;

    private final InitSettings settings;

    InitScripts(InitSettings settings) {
        this.settings = settings;
    }

    String init() {
        return """
                #!/bin/sh
                # /sbin/init: what the kernel executes first. There may be no environment then, no /proc, and
                # nothing that can be written to. It must not end: a kernel panics that loses its first process.
                # Who types "init 6" on a machine that runs is no first process, and means telinit.
                [ $$ = 1 ] || exec %s "$@"
                exec %s -- "$@"
                """.formatted(inBasedir("bin/telinit"), settings.bootLine());
    }

    String telinit() {
        return """
                #!/bin/sh
                # /sbin/telinit RUNLEVEL: 0 switches the machine off, 6 restarts it; what the others mean,
                # scripts/runlevel says.
                case ${1-} in
                    0) exec %1$s ;;
                    6) exec %2$s ;;
                    [1-5sS] | default) exec %3$s "$1" ;;
                    *) echo 'telinit: usage: telinit 0 | 1 | 2 | 3 | 4 | 5 | 6 | S | default' >&2; exit 100 ;;
                esac
                """.formatted(inBasedir("bin/poweroff"), inBasedir("bin/reboot"), inBasedir("scripts/runlevel"));
    }

    String shutdown() {
        return """
                #!/bin/sh
                # /sbin/shutdown: see reeve shutdown --help.
                exec %s shutdown "$@"
                """.formatted(reeve());
    }

    String ending(String name, String signal) {
        return """
                #!/bin/sh
                # /sbin/%1$s. The first process needs no more than a signal, which needs no memory that may be
                # short.
                [ $# -gt 0 ] || { kill -%2$s 1; exit; }
                exec %3$s %1$s "$@"
                """.formatted(name, signal, reeve());
    }

    String rcInit() {
        return """
                #!/bin/sh
                # scripts/rc.init RUNLEVEL ARGUMENT...: what is done once when the machine boots, after the
                # catch-all logger has begun to read. It runs as the service rc.init: see reeve status rc.init,
                # and reeve log s6-svscan-log for what it says. If it fails or hangs, everything else goes on.
                # What runs for long is a service instead: each directory in run-image/service is one, and starts
                # beside this script.
                runlevel=$1

                %sexec %s "$runlevel"
                """.formatted(settings.surroundings().isContainer() ? "" : MOUNTS, inBasedir("scripts/runlevel"));
    }

    String runlevel() {
        return """
                #!/bin/sh
                # scripts/runlevel RUNLEVEL: brings the machine to a runlevel. rc.init calls it, and telinit does.
                # Services that are down until a runlevel needs them have a file "down" in their directory. Start
                # and stop them here:
                # case $1 in
                #     1) %1$s stop sshd ;;
                #     default) %1$s start sshd ;;
                # esac
                exit 0
                """.formatted(reeve());
    }

    String rcShutdown() {
        return """
                #!/bin/sh
                # scripts/rc.shutdown: what is done first when the machine is to end, while all services still
                # run. It has a minute. After it services stop, loggers last; then every other process is ended,
                # and file systems are unmounted.
                exit 0
                """;
    }

    String rcShutdownFinal() {
        return """
                #!/bin/sh
                # scripts/rc.shutdown.final: what is done last, when nothing else runs and / is read-only. It has
                # seconds.
                exit 0
                """;
    }

    String catchAllLogger() {
        String output = settings.copiesLogToConsole() ? "/dev/console" : "/dev/null";
        return """
                #!/bin/sh
                # The catch-all logger: reads what reeve and all services say that have no logger of their own.
                # reeve holds the fifo open, so that nothing is lost while this restarts. Nothing else starts
                # before this reads.
                exec <fifo >%s 2>/dev/console
                exec %s
                """.formatted(output, settings.logLine());
    }

    String earlyGetty(String command) {
        return """
                #!/bin/sh
                # A login that exists even if rc.init hangs. (Shells pass over SIGTERM, hence down-signal.)
                exec %s
                """.formatted(command);
    }

    private String inBasedir(String name) {
        return Shell.quoted(settings.basedir() + "/" + name);
    }

    private String reeve() {
        return Shell.quoted(settings.reeve());
    }
}
