package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.protocol.ServiceStatus;
import dev.reeve.protocol.ServiceStatus.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Many services, and all of them killed at once.
class ScaleScenarioTest {
    /// More than the daemon needs for this many on two busy cores; a condition ends the waiting.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    @Test
    void aThousandServicesThatAreKilledAtOnceAreBackEachOnce() throws Exception {
        everyServiceThatIsKilledIsBackOnce(1_000);
    }

    /// Takes half a minute: `bin/test -Dreeve.scale=true` runs it.
    @Test
    @EnabledIfSystemProperty(
            named = "reeve.scale",
            matches = "true",
            disabledReason = "takes half a minute and 8,100 descriptors: -Dreeve.scale=true runs it")
    void fourThousandServicesThatAreKilledAtOnceAreBackEachOnce() throws Exception {
        everyServiceThatIsKilledIsBackOnce(4_000);
    }

    @Test
    void aThousandServicesThatAreToldToEndWhileTheyStartAreAllGone() throws Exception {
        ServiceDirectories services = sleepers(1_000);
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient client = daemon.client()) {
            await().atMost(PATIENCE)
                    .until(() -> client.status().stream()
                                    .filter(ServiceStatus::ready)
                                    .count()
                            > 100);

            daemon.signal("TERM");

            assertEquals(0, daemon.awaitExit());
            assertEquals(List.of(), ProcFiles.processesIn(services.directory()));
        }
    }

    private void everyServiceThatIsKilledIsBackOnce(int count) throws Exception {
        try (RunningDaemon daemon = RunningDaemon.on(sleepers(count));
                RawClient client = daemon.client()) {
            List<ServiceStatus> before = awaitAll(client, count, 0);
            awaitOverASecondOld(client);
            assertEquals(pidsByService(before), ProcFiles.childrenByDirectory(daemon.pid()));

            // The daemon sees them all at once: it is stopped meanwhile.
            daemon.signal("STOP");
            before.forEach(status -> ProcessHandle.of(status.pid()).ifPresent(ProcessHandle::destroyForcibly));
            daemon.signal("CONT");

            List<ServiceStatus> after = awaitAll(client, count, 1);
            assertEquals(pidsByService(after), ProcFiles.childrenByDirectory(daemon.pid()));
            assertEquals(
                    List.of(),
                    after.stream()
                            .filter(status -> !new Exit.Signal("SIGKILL").equals(status.exit()))
                            .toList());
        }
    }

    /// Services that cost as little as a process can: one small program, and a link to it in each directory.
    private ServiceDirectories sleepers(int count) throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory);
        services.service("sleeper-0", services.idle());
        for (int i = 1; i < count; i++) {
            Path service = Files.createDirectory(services.directory().resolve("sleeper-" + i));
            Files.createLink(service.resolve("run"), services.path("sleeper-0", "run"));
        }
        return services;
    }

    /// Waits until all are up, having been restarted so often.
    private static List<ServiceStatus> awaitAll(RawClient client, int count, long restarts) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(
                        client::status,
                        statuses -> statuses.size() == count
                                && statuses.stream()
                                        .allMatch(status -> status.ready() && status.restarts() == restarts));
    }

    /// Waits until each has been up for longer than the second after which it is restarted at once.
    private static void awaitOverASecondOld(RawClient client) {
        await().atMost(PATIENCE).until(() -> {
            Instant aSecondAgo = Instant.now().minusMillis(1_100);
            return client.status().stream().allMatch(status -> status.since().isBefore(aSecondAgo));
        });
    }

    private static Map<String, List<Integer>> pidsByService(List<ServiceStatus> statuses) {
        return statuses.stream().collect(Collectors.toMap(ServiceStatus::name, status -> List.of(status.pid())));
    }
}
