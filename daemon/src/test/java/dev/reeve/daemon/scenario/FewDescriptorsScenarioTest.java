package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where there are few descriptors, there are fewer services, and the daemon can still be talked to.
class FewDescriptorsScenarioTest {
    private static final int LIMIT = 288;
    private static final int ROOM = (LIMIT - 128) / 8;

    @TempDir
    Path directory;

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
