package dev.reeve.cli.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Programs of util-linux: those of the distribution where it carries them (`lib/glibc`), because busybox's know fewer
/// options, and else the machine's.
///
/// `home` is where reeve is installed.
public record LinuxTools(Optional<Path> home) {

    /// The words that such a command begins with.
    List<String> words(String program) {
        Path libc = home.orElse(Path.of("")).resolve("lib/glibc");
        Path carried = libc.resolve(program);
        return home.isPresent() && Files.isExecutable(carried)
                ? List.of(libc.resolve("reeve").toString(), "--library-path", libc.toString(), carried.toString())
                : List.of(program);
    }
}
