package dev.reeve.daemon.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A real `reeve-init`, as PID 1 of a PID and a mount namespace, where its `kill(-1)` and its mounts meet nobody else:
/// with a /run of its own, and a console that is a fifo into a file. It boots as a container does, so that no disk of
/// this machine is remounted.
public final class BootedMachine implements AutoCloseable {
    /// Where it is asked, in its mount namespace.
    public static final String SOCKET = "/run/service/.s6-svscan/reeve/control.sock";

    private final Process unshare;
    private final Process console;
    private final Path directory;

    private BootedMachine(Process unshare, Process console, Path directory) {
        this.unshare = unshare;
        this.console = console;
        this.directory = directory;
    }

    /// The services that it is to boot with: those of the run-image.
    public static ServiceDirectories services(Path directory) {
        assumeTrue(System.getProperty("user.name").equals("root"), "namespaces need root: run the tests as root");
        try {
            Path scripts = Files.createDirectories(directory.resolve("base/scripts"));
            Path init = Files.writeString(scripts.resolve("rc.init"), "#!/bin/sh\necho rc.init was here\n");
            Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new ServiceDirectories(Files.createDirectories(directory.resolve("base/run-image/service")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Boots with what was prepared in this directory, and returns when it answers.
    public static BootedMachine boot(Path directory) throws IOException {
        return boot(directory, ":");
    }

    /// The same, with these options, after a command that prepares its mounts.
    static BootedMachine boot(Path directory, String preparation, String... options) throws IOException {
        assertEquals(
                0,
                ShellCommand.run(
                                Map.of(), "mkfifo", directory.resolve("console").toString())
                        .exitCode());
        Process console = new ProcessBuilder("sh", "-c", "exec 3<>console; exec cat <&3 3<&- >console.log")
                .directory(directory.toFile())
                .start();
        String script = """
                set -e
                [ $$ = 1 ] && [ "$(readlink /proc/self/ns/mnt)" != "$1" ] || exit 99
                mount --bind console /dev/console
                %s
                shift
                exec "$@"
                """.formatted(preparation);
        String ownMounts = Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")).toString();
        List<String> command = new ArrayList<>(
                List.of("unshare", "--pid", "--mount", "--fork", "--mount-proc", "--kill-child", "sh", "-c", script));
        command.addAll(List.of("sh", ownMounts, launcher("reeve-init"), "-C", "-c", directory + "/base"));
        command.addAll(List.of(options));
        Process unshare = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        BootedMachine machine = new BootedMachine(unshare, console, directory);
        Awaitility.await("the machine answers").atMost(RunningDaemon.PATIENCE).until(machine::answers);
        return machine;
    }

    private static String launcher(String program) {
        return RunningDaemon.launcher().resolveSibling(program).toString();
    }

    /// What there is where it says so, as seen from here.
    public Path path(String absolute) {
        return Path.of("/proc/" + pidOne() + "/root" + absolute);
    }

    /// All that was written to its console.
    public String console() {
        return text(directory.resolve("console.log"));
    }

    ServiceStatus status(String service) throws IOException {
        try (RawClient client = client()) {
            return client.status(service).getFirst();
        }
    }

    List<String> names() throws IOException {
        try (RawClient client = client()) {
            return client.status().stream().map(ServiceStatus::name).toList();
        }
    }

    public ServiceStatus await(String service, Predicate<ServiceStatus> condition) {
        return Awaitility.await("service " + service + "; console: " + console())
                .atMost(RunningDaemon.PATIENCE)
                .until(
                        () -> names().contains(service) ? status(service) : null,
                        it -> it != null && condition.test(it));
    }

    /// Asks for something to be done to a service, which it is.
    void order(String operation, String service) throws IOException {
        try (RawClient client = client()) {
            assertEquals(Reply.Accepted.class, client.ask(operation, service).getClass());
        }
    }

    /// What a command prints that is run in its namespaces.
    public String output(String... words) {
        List<String> command =
                new ArrayList<>(List.of("nsenter", "--target", Long.toString(pidOne()), "--pid", "--mount"));
        command.addAll(List.of(words));
        return ShellCommand.run(Map.of(), command.toArray(String[]::new)).output();
    }

    void signal(ServiceStatus service, String signal) {
        output("kill", "-" + signal, Integer.toString(service.pid()));
    }

    /// Has it end, as whoever runs a container does, and waits until it has.
    void end() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-TERM", Long.toString(pidOne())).start().waitFor();
        if (!unshare.waitFor(RunningDaemon.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the machine does not end: " + console());
        }
    }

    private RawClient client() throws IOException {
        return new RawClient(path(SOCKET));
    }

    private boolean answers() {
        if (!unshare.isAlive()) {
            throw new AssertionError("the machine ended with " + unshare.exitValue() + ": "
                    + text(directory.resolve("output")) + console());
        }
        try (RawClient _ = client()) {
            return true;
        } catch (IOException | IllegalStateException _) {
            return false;
        }
    }

    private long pidOne() {
        return unshare.children()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing was unshared yet"))
                .pid();
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> processes = Stream.concat(unshare.descendants(), Stream.of(unshare.toHandle()))
                .toList();
        // The namespace dies with its first process.
        processes.forEach(ProcessHandle::destroyForcibly);
        console.destroyForcibly();
    }
}
