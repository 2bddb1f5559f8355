package dev.reeve.dist;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// Packages of Debian's that are fetched and unpacked for their files, and never installed.
final class DebianPackage {
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "reeve", "packages");

    private DebianPackage() {}

    /// The same; skips the test where apt-get cannot fetch it.
    static Path unpackedOrSkip(String name) {
        try {
            return unpacked(name);
        } catch (UncheckedIOException e) {
            return abort("apt-get cannot fetch " + name + ": " + e.getMessage());
        }
    }

    /// Where this package's files are. Fetched once for each version of it.
    ///
    /// Throws UncheckedIOException where apt-get cannot fetch it.
    static Path unpacked(String name) {
        try {
            String version = version(name);
            Path directory = CACHE.resolve(name + "_" + version.replace(':', '%'));
            if (!Files.isDirectory(directory)) {
                fetch(name, version, directory);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The newest that apt knows.
    private static String version(String name) throws IOException {
        return Command.output("apt-cache", "show", "--no-all-versions", name)
                .lines()
                .filter(line -> line.startsWith("Version: "))
                .map(line -> line.substring("Version: ".length()))
                .findFirst()
                .orElseThrow(() -> new IOException("apt knows no version of " + name + ": apt-get update"));
    }

    private static void fetch(String name, String version, Path directory) throws IOException {
        Files.createDirectories(CACHE);
        Path work = Files.createTempDirectory(CACHE, "fetching-");
        Command.output(work, "apt-get", "-qq", "download", name + "=" + version);
        Path unpacked = work.resolve("unpacked");
        Command.output("dpkg-deb", "-x", onlyFileIn(work).toString(), unpacked.toString());
        Files.move(unpacked, directory, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(onlyFileIn(work));
        Files.delete(work);
    }

    private static Path onlyFileIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> packages =
                    files.filter(file -> file.toString().endsWith(".deb")).toList();
            return packages.getFirst();
        }
    }
}
