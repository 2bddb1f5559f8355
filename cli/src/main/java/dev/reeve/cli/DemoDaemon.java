package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.DaemonGone;
import dev.reeve.cli.outside.Deadline;
import dev.reeve.protocol.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A daemon of its own in a private folder, which goes with it.
final class DemoDaemon {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SERVICE_END_TIMEOUT = Duration.ofSeconds(3);
    private static final int TOLD_LOG_LINES = 20;

    private final Path folder;
    private final Process process;

    private DemoDaemon(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /// Starts `reeved` on the services in `folder/services`, in a session of its own: Ctrl-C is for the demo, which
    /// then asks it to end.
    static DemoDaemon start(String reeved, Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        "setsid",
                        reeved,
                        "--scan",
                        folder.resolve("services").toString(),
                        "--run",
                        folder.toString(),
                        "--socket",
                        socket(folder).toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log(folder).toFile())
                .redirectErrorStream(true)
                .start();
        return new DemoDaemon(folder, process);
    }

    static Path socket(Path folder) {
        return folder.resolve("control.sock");
    }

    static Path log(Path folder) {
        return folder.resolve("reeved.log");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// A connection, as soon as the daemon listens.
    ControlClient connect() throws ClientFailure {
        Deadline deadline = Deadline.after(START_TIMEOUT);
        while (true) {
            try {
                return ControlClient.connect(socket(folder), "reeve demo");
            } catch (ClientFailure e) {
                if (!process.isAlive() || deadline.hasPassed()) {
                    throw new DaemonGone("the daemon did not start");
                }
            }
            awaitEnd(Duration.ofMillis(20));
        }
    }

    /// The end of what the daemon told.
    List<String> lastLogLines() {
        try {
            List<String> lines = Files.readAllLines(log(folder));
            return lines.subList(Math.max(0, lines.size() - TOLD_LOG_LINES), lines.size());
        } catch (IOException e) {
            return List.of("its log cannot be read: " + e);
        }
    }

    /// Ends every service in order, then the daemon. If it will not end, or has died already, its services are
    /// ended one by one: nothing stays behind. Tells whether all went in order.
    boolean stop(Collection<Integer> servicePids) {
        if (process.isAlive()) {
            try (ControlClient client = ControlClient.connect(socket(folder), "reeve demo")) {
                client.ask(Request.Shutdown::new, _ -> {});
            } catch (ClientFailure e) {
                process.destroy();
            }
        }
        if (awaitEnd(END_TIMEOUT) && process.exitValue() == 0) {
            return true;
        }
        process.destroyForcibly();
        awaitEnd(END_TIMEOUT);
        end(servicePids);
        return false;
    }

    /// Removes a folder and all in it.
    static void remove(Path folder) {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // Something was made or removed meanwhile; what is left lies in the temporary directory.
        }
    }

    private static void end(Collection<Integer> pids) {
        List<ProcessHandle> processes =
                pids.stream().flatMap(pid -> ProcessHandle.of(pid).stream()).toList();
        processes.forEach(ProcessHandle::destroy);
        Deadline deadline = Deadline.after(SERVICE_END_TIMEOUT);
        for (ProcessHandle process : processes) {
            while (process.isAlive() && !deadline.hasPassed()) {
                sleep(Duration.ofMillis(20));
            }
            process.destroyForcibly();
        }
    }

    private boolean awaitEnd(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
