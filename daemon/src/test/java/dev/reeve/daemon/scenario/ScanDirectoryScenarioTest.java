package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ScanResult;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scan directory changes while the daemon runs.
class ScanDirectoryScenarioTest {
    private static final String SLEEPS = "exec sleep 1000";

    @TempDir
    Path directory;

    private ServiceDirectories services;

    @BeforeEach
    void aScanDirectory() {
        services = ServiceDirectories.in(directory);
    }

    @Test
    void aRenameRestartsNothing() throws IOException {
        services.service("web", SLEEPS).service("web/log", "exec cat >lines");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int web = pid(daemon, "web");
            int logger = pid(daemon, "web/log");
            move("web", "shop");

            assertEquals(
                    new ScanResult(List.of(), List.of(), new LinkedHashMap<>(Map.of("web", "shop")), List.of()),
                    rescan(daemon));

            assertEquals(web, daemon.status("shop").pid());
            assertEquals(logger, daemon.status("shop/log").pid());
            assertEquals(List.of("shop", "shop/log"), names(daemon));
            kill(web);
            daemon.await("shop", status -> status.ready() && status.pid() != web);
        }
    }

    @Test
    void servicesCanSwapTheirNames() throws IOException {
        services.service("a", SLEEPS).service("b", SLEEPS);
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int a = pid(daemon, "a");
            int b = pid(daemon, "b");
            move("a", ".away");
            move("b", "a");
            move(".away", "b");

            rescan(daemon);

            assertEquals(b, daemon.status("a").pid());
            assertEquals(a, daemon.status("b").pid());
        }
    }

    @Test
    void whatIsRemovedEndsAndIsForgottenAndItsLoggerReadsToTheEnd() throws IOException {
        services.service("web", "trap 'seq 100000; exit' TERM; echo up >&2; while :; do sleep 0.05; done");
        services.service("web/log", "exec cat >" + directory.resolve("lines"));
        services.service("stays", SLEEPS);
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient watcher = daemon.client()) {
            daemon.awaitReady("web/log");
            pid(daemon, "web");
            await().atMost(RunningDaemon.PATIENCE).until(() -> daemon.log().contains("up"));
            watcher.ask("watch");
            move("web", "../gone");

            assertEquals(List.of("web"), rescan(daemon).gone());

            List<String> forgotten = new ArrayList<>();
            while (forgotten.size() < 2) {
                if (watcher.message() instanceof Notice.Forgotten(long _, String name)) {
                    forgotten.add(name);
                }
            }
            assertEquals(List.of("web", "web/log"), forgotten);
            assertEquals(List.of("stays"), names(daemon));
            List<String> lines = Files.readAllLines(directory.resolve("lines"));
            assertEquals(100_000, lines.size());
            assertEquals("100000", lines.getLast());
        }
    }

    @Test
    void finishHasItsPipeThoughSomeoneEndsTheLoggerOfAServiceThatIsGone() throws IOException {
        Path go = directory.resolve("go");
        services.service(
                "web",
                "trap 'while [ ! -e " + go + " ]; do sleep 0.05; done; exit' TERM; echo up >&2\n"
                        + "while :; do sleep 0.05; done");
        services.service("web/log", "exec cat");
        services.executable("web", "finish", "readlink /proc/$$/fd/1 | cat >&2; echo finished >&2");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            Path input = Path.of("/proc/" + pid(daemon, "web/log") + "/fd/0");
            String pipe = Files.readSymbolicLink(input).toString();
            pid(daemon, "web");
            await().atMost(RunningDaemon.PATIENCE).until(() -> daemon.log().contains("up"));
            move("web", "../gone");
            rescan(daemon);
            try (RawClient client = daemon.client()) {
                assertInstanceOf(Reply.Accepted.class, client.ask("stop", "web/log"));
            }
            daemon.await("web/log", status -> status.pid() == null);
            Files.createFile(go);

            await().atMost(RunningDaemon.PATIENCE).until(() -> daemon.log().contains("finished"));
            assertTrue(daemon.log().contains(pipe), daemon::log);
        }
    }

    @Test
    void whatComesAndGoesLeavesNoDescriptorBehind() throws IOException {
        services.service("stays", SLEEPS);
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            pid(daemon, "stays");
            long before = descriptors(daemon);
            for (int i = 0; i < 20; i++) {
                services.service("guest", SLEEPS).service("guest/log", "exec cat >lines");
                rescan(daemon);
                daemon.awaitReady("guest");
                move("guest", "../gone-" + i);
                rescan(daemon);
                await().atMost(RunningDaemon.PATIENCE).until(() -> names(daemon), List.of("stays")::equals);
            }
            await().atMost(RunningDaemon.PATIENCE).until(() -> descriptors(daemon), now -> now <= before);
        }
    }

    @Test
    void whoeverTakesTheNameOfOneThatEndsIsTakenUpAfterIt() throws IOException {
        services.service("web", "trap 'sleep 0.3; echo old >>../order; exit' TERM; while :; do sleep 0.05; done");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int old = pid(daemon, "web");
            move("web", "../gone");
            services.service("web", "echo new >>" + directory.resolve("order") + "; exec sleep 1000");

            assertEquals(List.of("web"), rescan(daemon).gone());
            try (RawClient client = daemon.client()) {
                Reply.Refused refused = assertInstanceOf(Reply.Refused.class, client.ask("start", "web"));
                assertTrue(refused.reason().contains("gone"), refused.reason());
            }

            daemon.await("web", status -> status.ready() && status.pid() != old);
            assertEquals(List.of("old", "new"), Files.readAllLines(directory.resolve("order")));
        }
    }

    @Test
    void whatIsBrokenIsToldAndHarmsNoOther() throws IOException {
        services.service("web", SLEEPS);
        Files.createSymbolicLink(services.directory().resolve("dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(services.directory().resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(services.directory().resolve("www"), Path.of("web"));
        Files.createDirectory(services.directory().resolve("new\nline"));
        Files.createDirectory(services.directory().resolve(".hidden"));
        Files.createFile(services.directory().resolve("README"));
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            pid(daemon, "web");

            ScanResult scan = rescan(daemon);

            assertEquals(
                    List.of(
                            "dangling is passed over: it is a symlink to nothing",
                            "www is passed over: it is the same directory as web"),
                    scan.problems().stream()
                            .filter(problem -> !problem.startsWith("loop") && !problem.startsWith("new"))
                            .toList());
            assertEquals(4, scan.problems().size(), scan.problems()::toString);
            assertEquals(List.of("web"), names(daemon));
            assertEquals(List.of(), scan.found());
        }
    }

    @Test
    void aWatchedDirectoryIsFollowedAsItSettles() throws IOException {
        services.service("stays", SLEEPS);
        try (RunningDaemon daemon = RunningDaemon.on(services, "--watch")) {
            pid(daemon, "stays");
            // Made in place: taken when there is a run that can be executed.
            services.directory(".", "made").file("made", "run", "#!/bin/sh\n" + SLEEPS + "\n");
            // Renamed into it, and a symlink: taken at once, when the other was long seen.
            ServiceDirectories elsewhere =
                    new ServiceDirectories(Files.createDirectory(directory.resolve("elsewhere")));
            elsewhere.service("whole", SLEEPS).service("linked", SLEEPS);
            Files.move(
                    elsewhere.directory().resolve("whole"), services.directory().resolve("whole"));
            Files.createSymbolicLink(
                    services.directory().resolve("link"), elsewhere.directory().resolve("linked"));
            awaitNames(daemon, "link", "stays", "whole");
            int link = pid(daemon, "link");
            Files.setPosixFilePermissions(services.path("made", "run"), PosixFilePermissions.fromString("rwxr-xr-x"));
            awaitNames(daemon, "link", "made", "stays", "whole");
            move("whole", "renamed");
            awaitNames(daemon, "link", "made", "renamed", "stays");
            // Replaced by hand, as an editor or ln -sfn would: it never was away for long.
            Files.delete(services.directory().resolve("link"));
            Files.createSymbolicLink(
                    services.directory().resolve("link"), elsewhere.directory().resolve("linked"));
            move("made", "../made");
            awaitNames(daemon, "link", "renamed", "stays");
            assertEquals(link, daemon.status("link").pid());
        }
    }

    @Test
    void aScanDirectoryThatIsAwayForAWhileStopsNothing() throws IOException {
        services.service("web", SLEEPS);
        try (RunningDaemon daemon = RunningDaemon.on(services, "--watch")) {
            int web = pid(daemon, "web");
            Path away = directory.resolve("away");
            Files.move(services.directory(), away);
            await().atMost(RunningDaemon.PATIENCE).until(() -> daemon.log().contains("cannot be watched"));
            assertTrue(rescan(daemon).problems().getFirst().contains("cannot be read"));
            Files.move(away, services.directory());
            await().atMost(RunningDaemon.PATIENCE).until(() -> daemon.log().contains("is watched again"));
            services.service("later", SLEEPS);
            awaitNames(daemon, "later", "web");
            assertEquals(web, daemon.status("web").pid());
        }
    }

    private static ScanResult rescan(RunningDaemon daemon) throws IOException {
        try (RawClient client = daemon.client()) {
            client.send("{\"id\":1,\"op\":\"rescan\"}");
            return assertInstanceOf(Reply.Scanned.class, client.message()).scan();
        }
    }

    private static List<String> names(RunningDaemon daemon) throws IOException {
        try (RawClient client = daemon.client()) {
            return client.status().stream().map(ServiceStatus::name).toList();
        }
    }

    private static void awaitNames(RunningDaemon daemon, String... names) {
        await().atMost(RunningDaemon.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> names(daemon), List.of(names)::equals);
    }

    private static int pid(RunningDaemon daemon, String service) {
        return daemon.awaitReady(service).pid();
    }

    private static void kill(int pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private static long descriptors(RunningDaemon daemon) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + daemon.pid() + "/fd"))) {
            return open.count();
        }
    }

    private void move(String from, String to) throws IOException {
        Files.move(services.directory().resolve(from), services.directory().resolve(to));
    }
}
