package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that does not answer holds up the service whose program lies on it, and nobody else.
class SlowDiskScenarioTest {
    private static final Duration HELD = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private ServiceDirectories services;

    @BeforeEach
    void twoServices() {
        assumeTrue(
                System.getProperty("user.name").equals("root"), "fanotify needs CAP_SYS_ADMIN: run the tests as root");
        services = ServiceDirectories.in(directory)
                .service("slow", "exec sleep 1000")
                .service("quick", "exec sleep 1000");
    }

    @Test
    void othersRestartAndAreToldOfWhileAnExecHangs() throws IOException {
        try (DelayedExec disk = new DelayedExec(services.path("slow", "run"));
                RunningDaemon daemon = RunningDaemon.on(services)) {
            assertOthersGoOn(daemon, disk);
        }
    }

    /// The daemon has lowered its limit for the spawn that hangs; others must get theirs all the same.
    @Test
    void theSameWhereTheDescriptorLimitIsLoweredForSpawning() throws IOException {
        List<String> prefix = List.of("sh", "-c", "ulimit -Sn 64; exec \"$0\" \"$@\"");
        try (DelayedExec disk = new DelayedExec(services.path("slow", "run"));
                RunningDaemon daemon = RunningDaemon.on(services, prefix, null)) {
            assertOthersGoOn(daemon, disk);
        }
    }

    private void assertOthersGoOn(RunningDaemon daemon, DelayedExec disk) {
        await().atMost(RunningDaemon.PATIENCE).until(disk::isHolding);
        long heldSince = System.nanoTime();
        ServiceStatus before = daemon.awaitReady("quick");

        ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
        daemon.await("quick", status -> status.ready() && !status.pid().equals(before.pid()));

        await("five seconds of a hung exec, with answers all the time")
                .atMost(RunningDaemon.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    assertEquals(ServicePhase.STARTING, daemon.status("slow").phase());
                    return System.nanoTime() - heldSince > HELD.toNanos();
                });
        assertTrue(disk.isHolding());

        disk.release();
        daemon.awaitReady("slow");
    }
}
