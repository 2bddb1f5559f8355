package dev.reeve.daemon.scenario;

import static dev.reeve.daemon.scenario.S6Command.PATIENCE;
import static dev.reeve.daemon.scenario.S6Command.awaitStatus;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The letters of s6-svc that say how long a service is to run, and those for its process group.
class S6LettersScenarioTest {
    @TempDir
    Path directory;

    private ServiceDirectories services;

    @BeforeEach
    void s6IsInstalled() {
        ShellCommand.assumeInstalled("s6-svc", "s6-svstat", "s6-svlisten1");
        services = ServiceDirectories.in(directory);
    }

    @Test
    void aServiceThatIsStartedOnceIsNotStartedAgain() throws IOException {
        services.service("batch", "exec sleep 1000").file("batch", "down", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.await("batch", status -> true);
            svc("-wu", "-T", PATIENCE, "-o", path("batch"));
            awaitStatus(path("batch"), "up \\(pid \\d+\\) \\d+ seconds, normally down, want down");
            assertTrue(daemon.status("batch").once());
            svc("-wD", "-T", PATIENCE, "-k", path("batch"));
            awaitStatus(path("batch"), "down \\(signal SIGKILL\\) \\d+ seconds, ready \\d+ seconds");
            assertEquals(0L, daemon.status("batch").restarts());
        }
    }

    @Test
    void aServiceThatRunsIsLetRunAndNotStartedAgain() throws IOException {
        services.service("web", "exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady("web").pid();
            svc("-O", path("web"));
            assertEquals(pid, daemon.await("web", ServiceStatus::once).pid());
            // Taken back.
            svc("-u", path("web"));
            daemon.await("web", status -> !status.once());
            svc("-Q", path("web"));
            assertEquals(pid, daemon.await("web", ServiceStatus::once).pid());
            await().atMost(RunningDaemon.PATIENCE).until(() -> Files.exists(services.path("web", "down")));
            svc("-wD", "-T", PATIENCE, "-t", path("web"));
            assertEquals(ServicePhase.DOWN, daemon.status("web").phase());
        }
    }

    @Test
    void aStartOnceOverTheSocketIsTheSame() throws IOException {
        services.service("batch", "echo ran >>../../runs; [ -f fail ] && exit 3; exit 0")
                .file("batch", "down", "")
                .service("missing", "exit 0")
                .file("missing", "down", "");
        Files.delete(services.path("missing", "run"));
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient client = daemon.client()) {
            daemon.await("batch", status -> true);
            startOnce(client, "batch");
            daemon.await("batch", status -> status.phase() == ServicePhase.DOWN && status.exit() != null);
            services.file("batch", "fail", "");
            startOnce(client, "batch");
            daemon.await("batch", status -> new ServiceStatus.Exit.Code(3).equals(status.exit()));
            ServiceStatus ended = daemon.await("batch", status -> status.phase() == ServicePhase.DOWN);
            assertEquals(0L, ended.restarts());
            assertEquals(List.of("ran", "ran"), Files.readAllLines(directory.resolve("runs")));

            startOnce(client, "missing");
            ServiceStatus failed = daemon.await("missing", status -> status.phase() == ServicePhase.FAILED);
            assertTrue(failed.reason().startsWith("it was to run once and could not be started: "), failed.reason());
        }
    }

    /// By letters for the process and for its group, which the control fifo takes from newer clients.
    @Test
    void aProcessAndItsGroupArePausedAndGoOn() throws IOException {
        services.service("pair", "sleep 1000 & echo $! >child; exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient client = daemon.client()) {
            int pid = daemon.awaitReady("pair").pid();
            await().until(() -> Files.exists(services.path("pair", "child")));
            int child = Integer.parseInt(
                    Files.readString(services.path("pair", "child")).strip());

            svc("-p", path("pair"));
            awaitStatus(path("pair"), "up \\(pid \\d+\\) \\d+ seconds, paused");
            awaitStopped(pid, true);
            assertFalse(isStopped(child));
            svc("-c", path("pair"));
            awaitStopped(pid, false);

            write("pair", "P");
            awaitStatus(path("pair"), "up \\(pid \\d+\\) \\d+ seconds, paused");
            awaitStopped(child, true);
            assertTrue(isStopped(pid));
            write("pair", "C");
            awaitStatus(path("pair"), "up \\(pid \\d+\\) \\d+ seconds");
            awaitStopped(child, false);

            // Whoever sends it by way of the daemon, the status says so.
            client.send("{\"id\":1,\"op\":\"signal\",\"signal\":\"STOP\",\"services\":[\"pair\"]}");
            client.line();
            awaitStatus(path("pair"), "up \\(pid \\d+\\) \\d+ seconds, paused");
            assertTrue(daemon.status("pair").paused());

            write("pair", "OK");
            awaitStatus(path("pair"), "down \\(signal SIGKILL\\) .*");
            await().until(() -> ProcessHandle.of(child).isEmpty());
        }
    }

    private void write(String service, String letters) throws IOException {
        Files.writeString(services.path(service, "supervise/control"), letters, StandardOpenOption.WRITE);
    }

    private static void awaitStopped(int pid, boolean stopped) {
        await("process " + pid).atMost(RunningDaemon.PATIENCE).until(() -> isStopped(pid) == stopped);
    }

    private static boolean isStopped(int pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .anyMatch(line -> line.matches("State:\\s+T.*"));
    }

    private static void startOnce(RawClient client, String service) throws IOException {
        client.send("{\"id\":1,\"op\":\"start\",\"services\":[\"" + service + "\"],\"once\":true}");
        assertEquals("{\"id\":1,\"ok\":true}", client.line());
    }

    private static void svc(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "s6-svc";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        S6Command.run(0, command);
    }

    private String path(String service) {
        return services.directory().resolve(service).toString();
    }
}
