package dev.reeve.dist;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The roots of the machines that are booted: what all have in common, and the folder `dist/machines/NAME` on top.
final class Machines {
    private static final Path HOME = Path.of(System.getProperty("reeve.home"));
    private static final Path FOLDERS = HOME.resolve("dist/machines");

    private static final String REEVE = "opt/reeve";
    private static final String INIT = "etc/reeve-init";
    static final String SERVICES = INIT + "/run-image/service";

    /// systemd, and the packages of the libraries that it is linked with.
    private static final List<String> SYSTEMD = List.of(
            "systemd",
            "libsystemd-shared",
            "libsystemd0",
            "mount",
            "libacl1",
            "libapparmor1",
            "libaudit1",
            "libblkid1",
            "libc6",
            "libcap-ng0",
            "libcap2",
            "libcrypt1",
            "libgcrypt20",
            "libgpg-error0",
            "libip4tc2",
            "libkmod2",
            "liblz4-1",
            "liblzma5",
            "libmount1",
            "libpam0g",
            "libpcre2-8-0",
            "libseccomp2",
            "libselinux1",
            "libssl3",
            "libzstd1");

    private Machines() {}

    /// The same small system under busybox's init.
    static MachineTree busybox() {
        return common().link("sbin/init", "/bin/busybox").copy(FOLDERS.resolve("busybox"), "");
    }

    /// The same small system under s6-svscan.
    static MachineTree s6Svscan() {
        MachineTree tree = common();
        for (String program : List.of("s6-svscan", "s6-supervise", "s6-svscanctl")) {
            tree.program(installedOrSkip(program));
        }
        return tree.copy(FOLDERS.resolve("s6-svscan"), "");
    }

    /// The same small system under systemd as Debian packages it, with journald, but with neither udev nor D-Bus,
    /// which are not asked for.
    static MachineTree systemd() {
        MachineTree tree = common();
        for (String name : SYSTEMD) {
            Path unpacked = DebianPackage.unpackedOrSkip(name);
            for (String folder : List.of("bin", "lib", "usr/bin", "usr/lib")) {
                if (Files.isDirectory(unpacked.resolve(folder))) {
                    tree.copy(unpacked.resolve(folder), folder);
                }
            }
        }
        return tree.link("sbin/init", "/lib/systemd/systemd")
                .link("sbin/poweroff", "/bin/systemctl")
                .copy(FOLDERS.resolve("systemd"), "");
    }

    /// The same small system under reeve, which init-maker has made, with a getty that starts first and s6-log for what
    /// has no logger.
    static MachineTree reeve() {
        Path distribution = Distribution.directory();
        return reeve(distribution, initDirectory(distribution)).program(installedOrSkip("s6-log"));
    }

    /// The same where s6-log is not installed: init-maker writes no logger then.
    static MachineTree reeveWithoutS6Log() {
        Path distribution = Distribution.directory();
        Path init = initDirectory(distribution);
        Command.output(
                "rm", "-r", init.resolve("run-image/service/s6-svscan-log").toString());
        return reeve(distribution, init);
    }

    private static MachineTree reeve(Path distribution, Path init) {
        MachineTree tree = common().copy(distribution, REEVE).link("usr/bin/reeve", "/" + REEVE + "/bin/reeve");
        for (String program : List.of("init", "telinit", "shutdown", "halt", "poweroff", "reboot")) {
            tree.link("sbin/" + program, "/" + INIT + "/bin/" + program);
        }
        return tree.copy(init, INIT).copy(FOLDERS.resolve("reeve"), "");
    }

    /// reeve's, where rc.init and a service will neither go on nor end.
    static MachineTree hanging(LinuxKernel kernel) {
        MachineTree tree = reeve();
        for (String module : List.of("button", "evdev")) {
            tree.copy(kernel.module(module), "lib/modules/" + module + ".ko");
        }
        return tree.copy(FOLDERS.resolve("hanging"), "");
    }

    /// reeve's, with services that note when they start: `churn1` and so on.
    static MachineTree churn(int services) {
        MachineTree tree = reeve().copy(FOLDERS.resolve("churn"), "");
        for (int number = 1; number <= services; number++) {
            tree.script(SERVICES + "/churn" + number + "/run", "#!/bin/sh\necho >>/run/starts\nexec sleep 100000\n");
        }
        return tree;
    }

    /// reeve's, with a log on the disk, and services that write numbered lines: `writer1` and so on.
    static MachineTree lines(int writers) {
        MachineTree tree = reeve().copy(FOLDERS.resolve("lines"), "");
        for (int number = 1; number <= writers; number++) {
            String service = SERVICES + "/writer" + number;
            tree.script(service + "/run", "#!/bin/sh\nexec writer writer" + number + "\n")
                    .file(service + "/timeout-kill", "60000\n");
        }
        return tree.folder("var/log", 0755);
    }

    /// As init-maker writes it, but for where reeve is.
    static Path initDirectory(Path distribution) {
        Path directory = distribution.resolveSibling("init");
        Command.output("rm", "-rf", directory.toString());
        Command.output(
                distribution.resolve("bin/reeve").toString(),
                "init-maker",
                "-c",
                "/" + INIT,
                "-d",
                "/dev",
                "-G",
                "getty -L 115200 ttyS0 vt100",
                directory.toString());
        Command.output(
                "sh",
                "-c",
                "sed -i \"s|$1|/$2|\" \"$3\"/bin/* \"$3\"/scripts/*",
                "sh",
                distribution.toString(),
                REEVE,
                directory.toString());
        return directory;
    }

    /// busybox and nothing else, not even a libc.
    static MachineTree withoutLibc() {
        Path busybox = DebianPackage.unpackedOrSkip("busybox-static").resolve("bin/busybox");
        List<String> commands =
                Command.output(busybox.toString(), "--list-full").lines().toList();
        return new MachineTree()
                .links("/bin/busybox", commands)
                .copy(busybox, "bin/busybox")
                .folder("dev", 0755)
                .folder("etc", 0755)
                .folder("opt", 0755)
                .folder("proc", 0555)
                .folder("run", 0755)
                .folder("sys", 0555)
                .folder("root", 0700)
                .folder("tmp", 01777);
    }

    private static Path installedOrSkip(String program) {
        return Command.find(program).orElseGet(() -> abort(program + " is not installed: bin/test installs it"));
    }

    private static MachineTree common() {
        return withoutLibc()
                // busybox's own shell would take busybox's poweroff for poweroff.
                .program(Path.of("/bin/dash"))
                .link("bin/sh", "dash")
                .copy(FOLDERS.resolve("common"), "");
    }
}
