package dev.reeve.daemon.scenario;

import static dev.reeve.daemon.scenario.S6Command.PATIENCE;
import static dev.reeve.daemon.scenario.S6Command.awaitStatus;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import dev.reeve.protocol.ServiceStatus.S6;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The letters of s6-svc that say how long a service is to run or to be supervised, and those for its process group.
class S6LettersScenarioTest {
    @TempDir
    Path directory;

    private ServiceDirectories services;

    @BeforeEach
    void s6IsInstalled() {
        ShellCommand.assumeInstalled("s6-svc", "s6-svstat", "s6-svlisten1", "s6-svok", "s6-ftrig-listen1");
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
    void theSocketTellsTheSameTimesAsTheStatus() throws IOException {
        services.service("web", "echo >&3; exec sleep 1000")
                .file("web", "notification-fd", "3")
                .service("down", "exec sleep 1000")
                .file("down", "down", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.await("down", status -> true);
            daemon.awaitReady("web");
            assertSameTimes(daemon, "down");
            assertSameTimes(daemon, "web");
            svc("-wR", "-T", PATIENCE, "-r", path("web"));
            assertSameTimes(daemon, "web");
            svc("-wD", "-T", PATIENCE, "-d", path("web"));
            assertSameTimes(daemon, "web");
        }
    }

    /// The status may be written a moment after the socket has told it.
    private void assertSameTimes(RunningDaemon daemon, String name) {
        await().atMost(RunningDaemon.PATIENCE).untilAsserted(() -> {
            ByteBuffer status = ByteBuffer.wrap(Files.readAllBytes(services.path(name, "supervise/status")));
            S6 told = daemon.status(name).s6();
            assertEquals(told.changed(), instant(status));
            assertEquals(told.readyChanged(), instant(status));
        });
    }

    /// A TAI64N label: its seconds begin at 2^62, and are 37 more than those of the wall clock.
    private static Instant instant(ByteBuffer label) {
        return Instant.ofEpochSecond(label.getLong() - (1L << 62) - 37, label.getInt());
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

    @Test
    void aServiceWhoseSupervisionEndsIsFoundAnew() throws IOException {
        services.service("web", "exec sleep 1000").service("web/log", "exec cat");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady("web").pid();
            int logger = daemon.awaitReady("web/log").pid();
            // It runs on, and what is wanted is told as it was.
            svc("-x", path("web"));
            daemon.await("web", ServiceStatus::once);
            awaitStatus(path("web"), "up \\(pid " + pid + "\\) \\d+ seconds");

            // "x" after "D", and "s" a second later.
            String again = "s6-svc -d " + path("web");
            S6Command.run(0, "s6-ftrig-listen1", "-t", PATIENCE, path("web/event"), "dDxsu", "sh", "-c", again);
            ServiceStatus anew = daemon.awaitReady("web");
            assertFalse(anew.pid() == pid);
            assertFalse(anew.once());
            assertEquals(logger, daemon.status("web/log").pid(), "its logger goes on");
        }
    }

    @Test
    void oneThatStaysDownIsGivenBackAndTakenAgain() throws IOException {
        services.service("web", "exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
            // It hears of the end of its supervision only.
            svc("-wD", "-T", PATIENCE, "-Dx", path("web"));
            await().atMost(RunningDaemon.PATIENCE).until(() -> exitCode("s6-svok", path("web")) == 1);
            RawClient client = daemon.client();
            assertTrue(client.ask("start", "web") instanceof Reply.Refused);
            client.close();
            await().atMost(RunningDaemon.PATIENCE).until(() -> exitCode("s6-svok", path("web")) == 0);
            awaitStatus(path("web"), "down \\(exitcode 0\\) \\d+ seconds, ready \\d+ seconds");
            svc("-wu", "-T", PATIENCE, "-u", path("web"));
        }
    }

    @Test
    void whoeverTakesItMeanwhileKeepsItUntilHeEnds() throws Exception {
        ShellCommand.assumeInstalled("s6-supervise", "s6-svok");
        services.service("web", "exec sleep 1000").file("web", "down", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.await("web", status -> true);
            svc("-x", path("web"));
            await().atMost(RunningDaemon.PATIENCE).until(() -> exitCode("s6-svok", path("web")) == 1);
            Process other = new ProcessBuilder("s6-supervise", path("web"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                await().atMost(RunningDaemon.PATIENCE)
                        .until(() -> daemon.log().contains("cannot be taken again: another process holds"));
                assertEquals(ServicePhase.DOWN, daemon.status("web").phase());
            } finally {
                other.destroy();
                other.waitFor();
            }
            await().atMost(RunningDaemon.PATIENCE).until(() -> exitCode("s6-svok", path("web")) == 0);
            daemon.await("web", status -> status.reason() == null);
        }
    }

    @Test
    void oneThatIsNotInTheScanDirectoryAnyMoreIsForgottenInstead() throws Exception {
        ShellCommand.assumeInstalled("s6-svscanctl");
        services.service("web", "exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
            Path gone = services.directory().resolveSibling("gone");
            Files.move(Path.of(path("web")), gone);
            S6Command.run(0, "s6-svscanctl", "-a", services.directory().toString());
            await().atMost(RunningDaemon.PATIENCE)
                    .until(() -> daemon.log().contains("it goes on until s6-svscanctl -n"));
            svc("-wD", "-T", PATIENCE, "-dx", gone.toString());
            try (RawClient client = daemon.client()) {
                await().atMost(RunningDaemon.PATIENCE).until(() -> client.ask("why", "web") instanceof Reply.Refused);
            }
            assertEquals(1, exitCode("s6-svok", gone.toString()));
        }
    }

    private static int exitCode(String... command) {
        return ShellCommand.run(Map.of(), command).exitCode();
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
