package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.protocol.ServicePhase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What services cost in descriptors, as docs/decisions/002-descriptor-limit.md says.
class DescriptorBudgetScenarioTest {
    private static final int EACH = 10;

    /// The directory once more, `supervise/`, its lock and its fifo, `event/`.
    private static final int S6_FILES = 5;

    /// Once for all services: the scan directory's own lock and fifo.
    private static final int SVSCAN_FILES = 2;

    @TempDir
    Path directory;

    @Test
    void aServiceCostsTwoDescriptorsAndAThirdUntilItIsReadyOrWhereItHasALogger() throws IOException {
        assertCosts(0, 0, "--no-s6-files");
    }

    @Test
    void s6sFilesTakeFiveMore() throws IOException {
        assertCosts(S6_FILES, SVSCAN_FILES);
    }

    private void assertCosts(int more, int once, String... options) throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory);
        for (int i = 0; i < EACH; i++) {
            services.service("plain-" + i, services.idle())
                    .service("ready-" + i, "echo >&3; " + services.idle())
                    .file("ready-" + i, "notification-fd", "3\n")
                    .service("starting-" + i, services.idle())
                    .file("starting-" + i, "notification-fd", "3\n")
                    .service("logged-" + i, services.idle())
                    .service("logged-" + i + "/log", "exec cat");
        }
        try (RunningDaemon daemon = RunningDaemon.on(services, options)) {
            await().atMost(RunningDaemon.PATIENCE).until(() -> {
                try (RawClient client = daemon.client()) {
                    return client.status().stream()
                                    .filter(status -> status.ready()
                                            || (status.phase() == ServicePhase.STARTING && status.pid() != null))
                                    .count()
                            == 5 * EACH;
                }
            });
            // A service and its logger count apart.
            int all = 5 * EACH;
            await().atMost(RunningDaemon.PATIENCE).untilAsserted(() -> {
                Map<String, Integer> descriptors = ProcFiles.descriptors(daemon.pid());
                assertEquals(all, descriptors.get("anon_inode:[pidfd]"));
                assertEquals(all + more * all + once, under(descriptors, services.directory()));
                // Two ends to each logger, one for each readiness, and the daemon's own standard input.
                assertEquals(2 * EACH + EACH + 1, descriptors.get("pipe"));
            });
        }
    }

    private static int under(Map<String, Integer> descriptors, Path scanDirectory) {
        return descriptors.entrySet().stream()
                .filter(kind -> kind.getKey().startsWith(scanDirectory + "/"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
