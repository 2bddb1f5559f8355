package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With nothing to do, nothing is done: one process for 500 services, asleep.
class IdleScenarioTest {
    private static final int SERVICES = 500;
    private static final Duration IDLE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void fiveHundredServicesHaveOneSupervisingProcessThatNothingWakes() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory);
        for (int i = 0; i < SERVICES; i++) {
            services.service("sleeper-" + i, "exec sleep 1000");
        }
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            await().atMost(RunningDaemon.PATIENCE)
                    .until(
                            () -> {
                                try (RawClient client = daemon.client()) {
                                    return client.status().stream()
                                            .filter(status -> status.ready())
                                            .count();
                                }
                            },
                            ready -> ready == SERVICES);
            assertEquals(
                    SERVICES,
                    ProcessHandle.of(daemon.pid()).orElseThrow().children().count());
            assertEquals(
                    SERVICES,
                    ProcessHandle.of(daemon.pid()).orElseThrow().descendants().count());

            // A search for orphans may follow within a second of the last SIGCHLD, and a turn that it causes.
            Map<String, Long> before = settledWakeUps(daemon.pid());
            Map<String, Long> after = wakeUpsAfter(IDLE, daemon.pid());

            Map<String, Long> ours = new TreeMap<>();
            Map<String, Long> jvms = new TreeMap<>();
            after.forEach((thread, count) -> {
                long woken = count - before.getOrDefault(thread, 0L);
                (isOurs(thread) ? ours : jvms).merge(thread.replaceAll("^\\d+ ", ""), woken, Long::sum);
            });
            System.out.println("wake-ups in " + IDLE.toSeconds() + " idle seconds: reeve's own threads " + ours
                    + ", the JVM's " + jvms);
            assertEquals(0, ours.values().stream().mapToLong(Long::longValue).sum(), ours::toString);
        }
    }

    /// Main (called after its program, as its thread is the loop), spawners and the log are reeve's, and so is any
    /// that is unknown: what belongs to the JVM is listed by name.
    private static boolean isOurs(String thread) {
        String name = thread.replaceAll("^\\d+ ", "");
        return !name.matches(
                "GC Thread.*|VM .*|Reference Handl|Finalizer|Signal Dispatch|Service Thread|Monitor Deflati"
                        + "|C[12] Compiler.*|Common-Cleaner|Notification T|Cleaner-.*"
                        + "|Attach Listener|CDS .*|G1 .*|Serial.*");
    }

    /// The counts once nothing of ours has woken for a while.
    private static Map<String, Long> settledWakeUps(long pid) {
        AtomicReference<Map<String, Long>> last = new AtomicReference<>(Map.of());
        await().atMost(RunningDaemon.PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    Map<String, Long> now = wakeUps(pid);
                    Map<String, Long> before = last.getAndSet(now);
                    return !before.isEmpty()
                            && now.entrySet().stream()
                                    .filter(entry -> isOurs(entry.getKey()))
                                    .allMatch(entry -> entry.getValue().equals(before.get(entry.getKey())));
                });
        return last.get();
    }

    private static Map<String, Long> wakeUpsAfter(Duration duration, long pid) {
        return await().pollDelay(duration).atMost(duration.multipliedBy(3)).until(() -> wakeUps(pid), _ -> true);
    }

    /// How often each thread has given up its processor to wait, by `tid name`.
    private static Map<String, Long> wakeUps(long pid) {
        Map<String, Long> counts = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks.toList()) {
                String name = Files.readString(task.resolve("comm")).strip();
                String status = Files.readString(task.resolve("status"));
                long count = status.lines()
                        .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
                counts.put(task.getFileName() + " " + name, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return counts;
    }
}
