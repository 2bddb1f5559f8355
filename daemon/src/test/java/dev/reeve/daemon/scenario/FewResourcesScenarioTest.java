package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import dev.reeve.protocol.ServiceStatus.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where processes or memory run out, the daemon goes on, says so, and makes up for it as soon as there is enough.
class FewResourcesScenarioTest {
    private static final int SERVICES = 60;

    @TempDir
    Path directory;

    @Test
    void whatThereAreNoProcessesForIsStartedAsSoonAsThereAre() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory);
        for (int i = 0; i < SERVICES; i++) {
            services.service("sleeper-" + i, services.idle());
        }
        try (ControlGroup group = ControlGroup.ofTasks()) {
            group.limit("50");
            try (RunningDaemon daemon = RunningDaemon.on(services, group.prefix(), null)) {
                awaitSomeThatFail(daemon);
                askForThreads(daemon);
                awaitSomeThatFail(daemon);
                assertToldOnceEach(daemon);

                group.limit("max");

                await().atMost(RunningDaemon.PATIENCE)
                        .until(
                                () -> statuses(daemon),
                                statuses -> statuses.stream().allMatch(ServiceStatus::ready));
                Map<String, List<Integer>> processes = ProcFiles.childrenByDirectory(daemon.pid());
                assertEquals(SERVICES, processes.size());
                assertTrue(processes.values().stream().allMatch(pids -> pids.size() == 1), processes::toString);
            }
        }
    }

    @Test
    void aServiceThatIsKilledForItsHungerIsStartedAgainMoreAndMoreSlowly() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("hungry", "exec tail /dev/zero")
                .file("hungry", "oom-score", "1000\n")
                .service("modest", "exec sleep 1000");
        try (ControlGroup group = ControlGroup.ofMemory()) {
            group.limit("300000000");
            try (RunningDaemon daemon = RunningDaemon.on(services, group.prefix(), null)) {
                int modest = daemon.awaitReady("modest").pid();

                ServiceStatus killed = daemon.await("hungry", status -> status.restarts() >= 2);

                assertEquals(new Exit.Signal("SIGKILL"), killed.exit());
                assertEquals(modest, daemon.awaitReady("modest").pid());
                daemon.await("hungry", status -> status.phase() == ServicePhase.BACKING_OFF);
                assertTrue(
                        daemon.log()
                                .contains("reeved: warning: service hungry: it ended by itself (SIGKILL) and is started"
                                        + " again"),
                        daemon.log());
            }
        }
    }

    /// Waits until the group is full, so that some services are tried again and again.
    private static List<ServiceStatus> awaitSomeThatFail(RunningDaemon daemon) {
        return await().atMost(RunningDaemon.PATIENCE)
                .until(
                        () -> statuses(daemon).stream()
                                .filter(status -> status.phase() == ServicePhase.BACKING_OFF)
                                .toList(),
                        failing -> failing.size() >= 10);
    }

    /// Requests for which the daemon would start a thread are done, or refused with a reason.
    private static void askForThreads(RunningDaemon daemon) throws IOException {
        try (RawClient client = daemon.client()) {
            assertEquals(new Reply.Accepted(1), client.ask("restart", "sleeper-0"));
            client.send("{\"id\":1,\"op\":\"debug\",\"topic\":\"memory\"}");
            assertTrue(client.message() instanceof Reply);
        }
    }

    private static void assertToldOnceEach(RunningDaemon daemon) {
        List<String> told = daemon.log()
                .lines()
                .filter(line -> line.contains("it cannot be started"))
                .toList();
        assertEquals(told.size(), told.stream().distinct().count(), daemon.log());
        assertFalse(daemon.log().contains("[warning]"), "the JVM has its say, too: " + daemon.log());
        assertTrue(
                told.stream()
                        .allMatch(line -> line.contains("there may be no more processes (EAGAIN): raise pids.max")),
                daemon.log());
    }

    private static List<ServiceStatus> statuses(RunningDaemon daemon) throws IOException {
        try (RawClient client = daemon.client()) {
            return client.status();
        }
    }
}
