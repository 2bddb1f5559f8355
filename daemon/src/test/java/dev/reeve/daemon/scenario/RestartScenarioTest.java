package dev.reeve.daemon.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import dev.reeve.protocol.ServiceStatus.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What dies comes back, by the restart rule.
class RestartScenarioTest {
    private static final String SLEEP = "exec sleep 1000";

    @TempDir
    Path directory;

    @Test
    void aServiceThatWasUpForOverASecondIsBackWithoutBackingOff() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory).service("steady", SLEEP);
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient watcher = daemon.client()) {
            ServiceStatus first =
                    daemon.await("steady", status -> status.ready() && isOlderThan(status, Duration.ofMillis(1_100)));
            watcher.ask("watch");

            ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();

            ServiceStatus second = daemon.await("steady", status -> status.ready() && status.restarts() == 1);
            assertNotEquals(first.pid(), second.pid());
            assertEquals(new Exit.Signal("SIGKILL"), second.exit());
            assertTrue(phasesUntilUp(watcher).stream().noneMatch(phase -> phase == ServicePhase.BACKING_OFF));
        }
    }

    /// By the daemon's own clock: when a service says something, a busy machine may have kept it waiting.
    @Test
    void aServiceThatDiesAtOnceWaitsLongerEachTime() throws IOException {
        ServiceDirectories services =
                ServiceDirectories.in(directory).service("brief", "exit 3").file("brief", "down", "");
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient watcher = daemon.client()) {
            daemon.await("brief", status -> status.phase() == ServicePhase.DOWN);
            watcher.ask("watch");
            try (RawClient client = daemon.client()) {
                client.ask("start", "brief");
            }

            Instant firstUp = next(watcher, ServicePhase.UP).since();
            Instant secondStart = next(watcher, ServicePhase.STARTING).since();
            Instant secondUp = next(watcher, ServicePhase.UP).since();
            ServiceStatus third = next(watcher, ServicePhase.STARTING);

            assertTrue(Duration.between(firstUp, secondStart).compareTo(Duration.ofMillis(990)) >= 0);
            assertTrue(Duration.between(secondUp, third.since()).compareTo(Duration.ofMillis(1_990)) >= 0);
            assertEquals(new Exit.Code(3), third.exit());
            assertEquals(2, third.restarts());
        }
    }

    private static ServiceStatus next(RawClient watcher, ServicePhase phase) throws IOException {
        while (true) {
            if (watcher.message() instanceof Notice.Changed changed
                    && changed.service().phase() == phase) {
                return changed.service();
            }
        }
    }

    @Test
    void finishIsToldHowRunEnded() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("worker", SLEEP)
                .executable("worker", "finish", "echo \"$@\" >told");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady("worker").pid();

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            daemon.await("worker", status -> status.restarts() == 1 && status.ready());
            assertEquals(
                    "256 9 worker " + pid,
                    Files.readString(services.path("worker", "told")).strip());
        }
    }

    @Test
    void aServiceThatIgnoresItsDownSignalIsKilledAfterTimeoutKill() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("stubborn", "trap '' TERM INT; while :; do sleep 0.1; done")
                .file("stubborn", "down-signal", "SIGINT\n")
                .file("stubborn", "timeout-kill", "200\n");
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient client = daemon.client()) {
            daemon.awaitReady("stubborn");

            assertEquals(new Reply.Accepted(1), client.ask("stop", "stubborn"));

            ServiceStatus down = daemon.await("stubborn", status -> status.phase() == ServicePhase.DOWN);
            assertEquals(new Exit.Signal("SIGKILL"), down.exit());
        }
    }

    @Test
    void aServiceWithAFileDownWaitsToBeStarted() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("later", SLEEP)
                .file("later", "down", "")
                .service("now", SLEEP);
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient client = daemon.client()) {
            daemon.awaitReady("now");
            assertEquals(ServicePhase.DOWN, daemon.status("later").phase());

            client.ask("start", "later");

            daemon.awaitReady("later");
        }
    }

    @Test
    void aRunThatCannotBeExecutedSaysWhy() {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("bare", SLEEP)
                .file("bare", "run", "no interpreter line")
                .service("foreign", SLEEP)
                .file("foreign", "run", "#!/no/such/interpreter\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            ServiceStatus bare = daemon.await("bare", status -> status.phase() == ServicePhase.BACKING_OFF);
            ServiceStatus foreign = daemon.await("foreign", status -> status.phase() == ServicePhase.BACKING_OFF);

            assertEquals("run is neither a program nor a script that begins with #!", bare.reason());
            assertEquals(
                    "run: what is to execute it does not exist: the interpreter that its #! line names, or, of a"
                            + " program, the loader of the libc that it was built for",
                    foreign.reason());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void sigtermEndsEverythingInOrder() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("one", SLEEP)
                .executable("one", "finish", "echo finished >finished")
                .service("two", SLEEP);
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            ProcessHandle one = ProcessHandle.of(daemon.awaitReady("one").pid()).orElseThrow();
            ProcessHandle two = ProcessHandle.of(daemon.awaitReady("two").pid()).orElseThrow();

            daemon.signal("TERM");

            assertEquals(0, daemon.awaitExit());
            assertTrue(!one.isAlive() && !two.isAlive());
            assertTrue(Files.exists(services.path("one", "finished")));
            assertTrue(!Files.exists(daemon.socket()));
        }
    }

    private static boolean isOlderThan(ServiceStatus status, Duration age) {
        return status.since().isBefore(Instant.now().minus(age));
    }

    private static List<ServicePhase> phasesUntilUp(RawClient watcher) throws IOException {
        List<ServicePhase> phases = new java.util.ArrayList<>();
        while (phases.isEmpty() || phases.getLast() != ServicePhase.UP) {
            if (watcher.message() instanceof Notice.Changed changed) {
                phases.add(changed.service().phase());
            }
        }
        return phases;
    }
}
