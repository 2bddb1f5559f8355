package dev.reeve.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reeve.bridge.SpawnOrder.PassedFd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// Programs that a test starts in a directory of its own, and what the kernel tells of processes in /proc.
///
/// A program has been executed when spawn returns, but its arguments and environment are in place a moment later
/// only.
final class Programs implements AutoCloseable {
    static final int SIGKILL = 9;

    private final Kernel kernel;
    private final int directoryFd;
    private final List<Integer> lasting = new ArrayList<>();

    Programs(Kernel kernel, String directory) throws ErrnoException {
        this.kernel = kernel;
        directoryFd = kernel.openDirectory(directory);
    }

    /// The descriptor of the directory.
    int directoryFd() {
        return directoryFd;
    }

    /// Starts a program, and answers its pid.
    int start(String... arguments) throws ErrnoException {
        return kernel.spawn(order(List.of(arguments), List.of()));
    }

    /// Starts a shell script, and answers its pid.
    int startShell(String script, PassedFd... passed) throws ErrnoException {
        return kernel.spawn(order(List.of("/bin/sh", "-c", script), List.of(passed)));
    }

    /// Starts a program that stays until it is killed, at the latest when this is closed, and answers its pid.
    int startLasting(PassedFd... passed) throws ErrnoException {
        return startLasting(order(List.of("/bin/sleep", "1000"), List.of(passed)));
    }

    /// The same with a program of one's own.
    int startLasting(SpawnOrder order) throws ErrnoException {
        int pid = kernel.spawn(order);
        lasting.add(pid);
        return pid;
    }

    SpawnOrder order(List<String> arguments, List<PassedFd> passed) {
        List<byte[]> environment = List.of("PATH=/usr/bin:/bin".getBytes(UTF_8), "LANG=C".getBytes(UTF_8));
        return new SpawnOrder(directoryFd, arguments.getFirst(), arguments, environment, passed);
    }

    /// Waits for the end of a child, and reaps it.
    Kernel.ChildEnd awaitEnd(int pid) throws ErrnoException {
        List<Kernel.ChildEnd> ends = new ArrayList<>();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    Kernel.ChildEnd end = kernel.reapPid(pid);
                    if (end != null) {
                        ends.add(end);
                    }
                    return end != null;
                });
        return ends.getFirst();
    }

    /// Kills what still lasts, and leaves no child behind.
    @Override
    public void close() throws ErrnoException {
        for (int pid : lasting) {
            // The child may have ended and been reaped: its group is its own, and gone with it.
            LibcProcesses.kill(-pid, SIGKILL);
        }
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(this::noneIsLeft);
        kernel.close(directoryFd);
    }

    private boolean noneIsLeft() throws ErrnoException {
        for (int pid : lasting) {
            kernel.reapPid(pid);
        }
        return lasting.stream().noneMatch(pid -> Files.exists(Path.of("/proc", Integer.toString(pid))));
    }

    /// The descriptors that the process has open now.
    static Set<Integer> descriptors(String process) throws IOException {
        Set<Integer> descriptors = new TreeSet<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc", process, "fd"))) {
            entries.forEach(
                    entry -> descriptors.add(Integer.valueOf(entry.getFileName().toString())));
        }
        return descriptors;
    }

    /// What the descriptor of the process stands for, such as `pipe:[1234]`.
    static String target(String process, int descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(Path.of("/proc", process, "fd", Integer.toString(descriptor)))
                    .toString();
        } catch (NoSuchFileException notOpen) {
            return "nothing";
        }
    }

    /// One line of the process's status file, without its name.
    static String status(int pid, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Integer.toString(pid), "status"))) {
            if (line.startsWith(name + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        throw new IOException("no " + name + " in the status of " + pid);
    }
}
