package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where there are few descriptors, there are fewer services, and the daemon can still be talked to.
class FewDescriptorsScenarioTest {
    private static final int LIMIT = 288;
    private static final int ROOM = (LIMIT - 128) / 8;

    private static final int SERVICES = 30;
    private static final int SOFT_LIMIT = 80;

    @TempDir
    Path directory;

    /// As on most machines: a soft limit of 1,024, and a hard one far above.
    @Test
    void servicesHaveTheSoftLimitThatTheDaemonItselfGoesBeyond() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory);
        for (int i = 0; i < SERVICES; i++) {
            services.service("limited-" + i, "ulimit -Sn >limit; echo >&4; exec sleep 1000")
                    .file("limited-" + i, "notification-fd", "4\n")
                    .directory("limited-" + i, "listen")
                    .file("limited-" + i, "listen/local", "unix:" + directory.resolve(i + ".sock") + "\n");
        }
        List<String> prefix = List.of("sh", "-c", "ulimit -Sn " + SOFT_LIMIT + "; exec \"$0\" \"$@\"");
        try (RunningDaemon daemon = RunningDaemon.on(services, prefix, null);
                RawClient client = daemon.client()) {
            for (int i = 0; i < SERVICES; i++) {
                daemon.awaitReady("limited-" + i);
            }
            int open = ProcFiles.descriptors(daemon.pid()).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            assertTrue(open > SOFT_LIMIT, () -> open + " descriptors");
            assertEquals("", daemon.log());

            // With nobody beside who would take descriptors, and take the limit over where the machine is busy.
            Integer before = client.status("limited-0").getFirst().pid();
            client.ask("restart", "limited-0");
            await().atMost(RunningDaemon.PATIENCE).until(() -> {
                ServiceStatus status = client.status("limited-0").getFirst();
                return status.ready() && !status.pid().equals(before);
            });
            String limit = Files.readString(services.path("limited-0", "limit"));
            assertEquals(Integer.toString(SOFT_LIMIT), limit.strip());
        }
    }

    @Test
    void asManyServicesAreTakenAsThereIsRoomForAndClientsAreAnswered() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory);
        for (int i = 0; i < 60; i++) {
            services.service("sleeper-" + i, "echo >&3; exec sleep 1000")
                    .file("sleeper-" + i, "notification-fd", "3\n");
        }
        List<String> prefix = List.of("sh", "-c", "ulimit -n " + LIMIT + "; exec \"$0\" \"$@\"");
        try (RunningDaemon daemon = RunningDaemon.on(services, prefix, null)) {
            await().atMost(RunningDaemon.PATIENCE).until(() -> {
                try (RawClient client = daemon.client()) {
                    List<ServiceStatus> statuses = client.status();
                    return statuses.size() == ROOM && statuses.stream().allMatch(ServiceStatus::ready);
                }
            });
            try (RawClient first = daemon.client();
                    RawClient second = daemon.client()) {
                assertEquals(ROOM, first.status().size());
                assertEquals(ROOM, second.status().size());
            }
            assertTrue(daemon.log().contains("40 services were not taken"), daemon.log());
        }
    }
}
