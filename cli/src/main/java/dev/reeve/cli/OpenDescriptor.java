package dev.reeve.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A descriptor of a process, as /proc shows it: its number, the link to what it is open on, and what the link
/// says: a path, `pipe:[4711]`, `socket:[4711]`.
record OpenDescriptor(Path process, int number, String target) {
    private static final int ACCESS_MODE = 3;
    private static final int READ_ONLY = 0;
    private static final int WRITE_ONLY = 1;
    private static final int READ_WRITE = 2;

    /// Those of a process in the order of their numbers. Fails with AccessDeniedException where the process is
    /// not this user's to look into, and with NoSuchFileException where it has ended.
    static List<OpenDescriptor> of(Path process) throws IOException {
        List<OpenDescriptor> descriptors = new ArrayList<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path link : links) {
                try {
                    descriptors.add(new OpenDescriptor(
                            process,
                            Integer.parseInt(link.getFileName().toString()),
                            Files.readSymbolicLink(link).toString()));
                } catch (IOException e) {
                    // It was closed meanwhile.
                }
            }
        }
        descriptors.sort(Comparator.comparingInt(OpenDescriptor::number));
        return descriptors;
    }

    /// Opens what the descriptor is open on, whatever its path says by now.
    Path link() {
        return process.resolve("fd").resolve(Integer.toString(number));
    }

    /// Standard output or standard error.
    boolean isOutput() {
        return number == 1 || number == 2;
    }

    boolean isRegularFile() {
        return Files.isRegularFile(link());
    }

    /// A pipe, or a fifo that has a path.
    boolean isPipe() {
        return target.startsWith("pipe:") || (target.startsWith("/") && !target.startsWith("/dev/") && isSpecial());
    }

    /// Whether the other one is the reading end of this pipe.
    boolean isReadBy(OpenDescriptor other) {
        return other.target.equals(target) && other.reads();
    }

    boolean writes() {
        int mode = accessMode();
        return mode == WRITE_ONLY || mode == READ_WRITE;
    }

    boolean writesOnly() {
        return accessMode() == WRITE_ONLY;
    }

    private boolean reads() {
        int mode = accessMode();
        return mode == READ_ONLY || mode == READ_WRITE;
    }

    private boolean isSpecial() {
        try {
            return Files.readAttributes(link(), BasicFileAttributes.class).isOther();
        } catch (IOException e) {
            return false;
        }
    }

    /// The last two bits of `flags`, which is octal, proc_pid_fdinfo(5).
    private int accessMode() {
        try {
            Path info = process.resolve("fdinfo").resolve(Integer.toString(number));
            return Files.readAllLines(info, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .mapToInt(line ->
                            Integer.parseInt(line.substring("flags:".length()).strip(), 8) & ACCESS_MODE)
                    .findFirst()
                    .orElse(ACCESS_MODE);
        } catch (IOException | NumberFormatException e) {
            return ACCESS_MODE;
        }
    }
}
