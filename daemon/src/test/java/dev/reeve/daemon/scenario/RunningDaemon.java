package dev.reeve.daemon.scenario;

import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A real `reeved`, started by its launcher on a scan directory; ended with everything it supervises when the
/// scenario ends.
public final class RunningDaemon implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path socket;
    private final Path log;

    private RunningDaemon(Process process, Path socket, Path log) {
        this.process = process;
        this.socket = socket;
        this.log = log;
    }

    /// Starts it with this test's environment, and these options.
    public static RunningDaemon on(ServiceDirectories services, String... options) {
        return on(services, List.of(), null, options);
    }

    /// Starts it behind a command that executes it (`prefix`), with exactly this environment, or this test's where
    /// that is null.
    public static RunningDaemon on(
            ServiceDirectories services, List<String> prefix, Map<String, String> environment, String... options) {
        Path run = services.directory().resolveSibling("run");
        List<String> command = new ArrayList<>(prefix);
        command.add(launcher().toString());
        command.addAll(List.of("--scan", services.directory().toString(), "--run", run.toString()));
        command.addAll(List.of(options));
        return started(command, run, services.directory().resolveSibling("reeved.log"), environment);
    }

    /// Starts it as `reeve-svscan`, behind a command that executes it.
    public static RunningDaemon inPlaceOfS6Svscan(ServiceDirectories services, List<String> prefix, String... options) {
        List<String> command = new ArrayList<>(prefix);
        command.add(launcher().resolveSibling("reeve-svscan").toString());
        command.addAll(List.of(options));
        command.add(services.directory().toString());
        Path run = services.directory().resolve(".s6-svscan/reeve");
        return started(command, run, services.directory().resolveSibling("reeved.log"), null);
    }

    private static RunningDaemon started(List<String> command, Path run, Path log, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (environment != null) {
            builder.environment().clear();
            builder.environment().putAll(environment);
        }
        try {
            RunningDaemon daemon = new RunningDaemon(builder.start(), run.resolve("control.sock"), log);
            daemon.awaitSocket();
            return daemon;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path launcher() {
        return Path.of(System.getProperty("reeve.home"), "bin", "reeved");
    }

    /// A new connection to it.
    public RawClient client() throws IOException {
        return new RawClient(socket);
    }

    public Path socket() {
        return socket;
    }

    /// The pid of the process that was started, which is the daemon unless a prefix forked.
    public long pid() {
        return process.pid();
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServiceStatus status(String service) {
        try (RawClient client = client()) {
            return client.status(service).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the service is as it should be.
    public ServiceStatus await(String service, Predicate<ServiceStatus> condition) {
        return Awaitility.await("service " + service)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> known(service), known -> known.filter(condition).isPresent())
                .orElseThrow();
    }

    /// The status of a service, or nothing while the daemon has not come across it yet.
    private Optional<ServiceStatus> known(String service) throws IOException {
        try (RawClient client = client()) {
            return switch (client.ask("status", service)) {
                case Reply.Services reply -> Optional.of(reply.services().getFirst());
                case Reply.Refused(long _, Reply.Refusal refusal, String _)
                when refusal == Reply.Refusal.UNKNOWN_SERVICE -> Optional.empty();
                case Reply other -> throw new AssertionError(other.toString());
            };
        }
    }

    public ServiceStatus awaitReady(String service) {
        return await(service, ServiceStatus::ready);
    }

    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("reeved has not ended: " + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> children = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        if (process.isAlive()) {
            try (RawClient client = client()) {
                client.send("{\"id\":1,\"op\":\"shutdown\"}");
                client.line();
            } catch (IOException e) {
                process.destroy();
            }
        }
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private void awaitSocket() {
        Awaitility.await("the control socket")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("reeved ended with " + process.exitValue() + ": " + log());
                    }
                    return Files.exists(socket) && answers();
                });
    }

    private boolean answers() {
        try (RawClient _ = client()) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
