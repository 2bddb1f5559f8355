package dev.reeve.dist;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// The root of a Debian that reeve boots: what debootstrap makes, the kernel's modules, reeve, the directory that
/// init-maker writes, and the folder `dist/machines/debian` on top.
final class DebianRoot {
    private static final Path HOME = Path.of(System.getProperty("reeve.home"));
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "reeve");
    private static final String RELEASE = "bookworm";
    private static final String PACKAGES =
            "udev,kmod,iproute2,ifupdown,openssh-server,e2fsprogs,procps,s6,execline,login,util-linux,netbase";

    private DebianRoot() {}

    /// Makes it in this directory.
    static Path of(Path bootstrapped, Path directory, LinuxKernel kernel) {
        Path root = directory.resolve("root");
        run("cp", "-a", bootstrapped.toString(), root.toString());
        run(
                "cp",
                "-a",
                Distribution.directory().toString(),
                root.resolve("opt/reeve").toString());
        run("cp", "-a", kernel.modules().toString(), root.resolve("usr/lib").toString());
        String release = kernel.image().getFileName().toString().substring("vmlinuz-".length());
        run("chroot", root.toString(), "depmod", release);
        run("chroot", root.toString(), "passwd", "-d", "root");
        run(
                "cp",
                "-a",
                Machines.initDirectory(Distribution.directory()).toString(),
                root.resolve("etc/reeve-init").toString());
        for (String program : List.of("init", "poweroff", "reboot", "halt", "shutdown", "telinit")) {
            run(
                    "ln",
                    "-sf",
                    "/etc/reeve-init/bin/" + program,
                    root.resolve("usr/sbin/" + program).toString());
        }
        run("cp", "-r", HOME.resolve("dist/machines/debian") + "/.", root.toString());
        return root;
    }

    /// What debootstrap makes, which is 300 MiB, and is made once. Skips the test where it cannot be had.
    static Path bootstrappedOrSkip() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "debootstrap needs root: run the tests as root");
        assumeTrue(Command.find("debootstrap").isPresent(), "debootstrap is not installed: bin/test installs it");
        Path made = CACHE.resolve("debian-" + RELEASE + "-" + Integer.toHexString(PACKAGES.hashCode()));
        if (!Files.isDirectory(made)) {
            Path work = Files.createTempDirectory(Files.createDirectories(CACHE), "debian-");
            try {
                Path root = work.resolve("root");
                run("debootstrap", "--variant=minbase", "--include=" + PACKAGES, RELEASE, root.toString());
                Files.move(root, made, StandardCopyOption.ATOMIC_MOVE);
            } catch (UncheckedIOException e) {
                return abort("debootstrap cannot make a Debian to boot: " + e.getMessage());
            } finally {
                run("rm", "-rf", "--one-file-system", work.toString());
            }
        }
        return made;
    }

    private static void run(String... command) {
        Command.output(command);
    }
}
