package dev.reeve.boottest;

import java.nio.file.Path;
import java.util.List;

/// The roots of the machines that are booted: what all have in common, and the folder `boot-test/machines/NAME` on top.
final class Machines {
    private static final Path HOME = Path.of(System.getProperty("reeve.home"));
    private static final Path FOLDERS = HOME.resolve("boot-test/machines");

    private Machines() {}

    /// The same small system under busybox's init.
    static MachineTree busybox() {
        return common().link("sbin/init", "/bin/busybox").copy(FOLDERS.resolve("busybox"), "");
    }

    /// The same small system under s6-svscan.
    static MachineTree s6Svscan() {
        MachineTree tree = common();
        for (String program : List.of("s6-svscan", "s6-supervise", "s6-svscanctl")) {
            tree.program(Command.find(program).orElseThrow());
        }
        return tree.copy(FOLDERS.resolve("s6-svscan"), "");
    }

    /// The same small system under reeve.
    static MachineTree reeve() {
        Path distribution = Distribution.directory();
        return common().copy(distribution, "opt/reeve")
                .libraries(distribution.resolve("jre/bin/java"))
                .libraries(distribution.resolve("jre/lib/server/libjvm.so"))
                .libraries(distribution.resolve("jre/lib/libnio.so"))
                // busybox's cannot block signals.
                .program(Path.of("/usr/bin/env"))
                .link("usr/bin/reeve", "/opt/reeve/bin/reeve")
                .copy(FOLDERS.resolve("reeve"), "");
    }

    private static MachineTree common() {
        Path busybox = DebianPackage.unpacked("busybox-static").resolve("bin/busybox");
        List<String> commands =
                Command.output(busybox.toString(), "--list-full").lines().toList();
        return new MachineTree()
                .links("/bin/busybox", commands)
                .copy(busybox, "bin/busybox")
                // busybox's own shell would take busybox's poweroff for poweroff.
                .program(Path.of("/bin/dash"))
                .link("bin/sh", "dash")
                .folder("dev", 0755)
                .folder("proc", 0555)
                .folder("run", 0755)
                .folder("sys", 0555)
                .folder("root", 0700)
                .folder("tmp", 01777)
                .copy(FOLDERS.resolve("common"), "");
    }
}
