package dev.reeve.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// The processes that services have at the moment, found without the daemon: those that are in a service's session,
/// since `run` leads one of its own, and those that work below its directory, since servers make sessions too.
final class ServiceProcesses {
    private static final int STATE = 3;
    private static final int SESSION = 6;
    private static final String ZOMBIE = "Z";

    private final Path directory;
    private final Set<Integer> sessions = new HashSet<>();

    /// Those of all services in `directory`, or of the one that it is.
    ServiceProcesses(Path directory) {
        this.directory = directory;
    }

    /// Counts this session's processes too, wherever they work.
    void withSession(int pid) {
        sessions.add(pid);
    }

    /// Those that there are, each as "pid 123: its command line".
    List<String> list() {
        return processes()
                .filter(this::isOfService)
                .map(process -> "pid " + process.getFileName() + ": "
                        + read(process.resolve("cmdline")).orElse("").replace('\0', ' '))
                .toList();
    }

    void awaitNone() {
        Awaitility.await("no process left of " + directory).until(this::list, List::isEmpty);
    }

    /// The pipes that one of these processes could write to, standard output and error aside, and that none of them
    /// reads: a readiness pipe that was not closed is one.
    List<String> pipesToElsewhere() {
        Set<String> written = new HashSet<>();
        Set<String> read = new HashSet<>();
        for (Path process : processes().filter(this::isOfService).toList()) {
            for (Path descriptor : list(process.resolve("fd"))) {
                String target = link(descriptor).map(Path::toString).orElse("");
                if (Integer.parseInt(descriptor.getFileName().toString()) > 2 && target.startsWith("pipe:")) {
                    (isForWriting(process, descriptor) ? written : read).add(target);
                }
            }
        }
        written.removeAll(read);
        return List.copyOf(written);
    }

    private boolean isOfService(Path process) {
        Optional<String> stat = read(process.resolve("stat"));
        if (stat.isEmpty() || field(stat.get(), STATE).equals(ZOMBIE)) {
            return false;
        }
        return sessions.contains(Integer.parseInt(field(stat.get(), SESSION)))
                || link(process.resolve("cwd"))
                        .map(workingDirectory -> workingDirectory.startsWith(directory))
                        .orElse(false);
    }

    private static boolean isForWriting(Path process, Path descriptor) {
        return read(process.resolve("fdinfo").resolve(descriptor.getFileName()))
                .flatMap(info ->
                        info.lines().filter(line -> line.startsWith("flags:")).findFirst())
                .map(flags -> flags.endsWith("1"))
                .orElse(false);
    }

    private static Stream<Path> processes() {
        return list(Path.of("/proc")).stream()
                .filter(path -> path.getFileName().toString().chars().allMatch(Character::isDigit));
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<Path> link(Path path) {
        try {
            return Optional.of(Files.readSymbolicLink(path));
        } catch (IOException e) {
            // The process has ended, or is someone else's.
            return Optional.empty();
        }
    }

    private static Optional<String> read(Path path) {
        try {
            return Optional.of(Files.readString(path, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// A field of /proc/PID/stat, counted from 1 as in proc(5).
    private static String field(String stat, int number) {
        String afterName = stat.substring(stat.lastIndexOf(')') + 2);
        return afterName.split(" ")[number - 3];
    }
}
