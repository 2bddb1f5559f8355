package dev.reeve.dist;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A kernel as Debian builds it for virtual machines. The file system ext4, NVMe disks, the serial console and
/// the keyboard are built in; the power button is not.
record LinuxKernel(Path unpacked) {
    private static final String NEWEST = "linux-image-cloud-amd64";

    /// The one that Debian's newest is now. Skips the test where that cannot be booted.
    static LinuxKernel newestOrSkip() {
        assumeTrue(Command.find("qemu-system-x86_64").isPresent(), "QEMU is not installed: bin/test installs it");
        assumeTrue(
                System.getProperty("os.arch").equals("amd64"),
                "a machine is made of this one's programs, and its processor is an x86-64");
        try {
            return newest();
        } catch (UncheckedIOException e) {
            return abort("apt-get cannot fetch a kernel to boot: " + e.getMessage());
        }
    }

    private static LinuxKernel newest() {
        String name = Command.output("apt-cache", "depends", NEWEST)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Depends: linux-image-"))
                .map(line -> line.substring("Depends: ".length()))
                .findFirst()
                .orElseThrow(() -> new UncheckedIOException(
                        new IOException(NEWEST + " depends on no kernel that apt knows: apt-get update")));
        return new LinuxKernel(DebianPackage.unpacked(name));
    }

    Path image() {
        return onlyOne("vmlinuz-.*");
    }

    /// A module's file, by its name without ".ko".
    Path module(String name) {
        return onlyOne(name + "\\.ko");
    }

    /// The folder of the modules of all versions, of which there is one.
    Path modules() {
        return unpacked.resolve("lib/modules");
    }

    private Path onlyOne(String name) {
        try (Stream<Path> files = Files.walk(unpacked)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches(name))
                    .toList();
            if (found.size() != 1) {
                throw new IllegalStateException("in " + unpacked + ", " + name + " is: " + found);
            }
            return found.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
