package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.ServicePhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's own s6 clients on the services of a daemon, s6's documentation.
class S6ClientsScenarioTest {
    private static final String PATIENCE = Long.toString(RunningDaemon.PATIENCE.toMillis());

    /// Clients of s6 2.11 that wait for a restart (-wr) forget what they read together with the end they wait for
    /// first.
    static final String SLOW_TO_FINISH = "exec sleep 0.3";

    @TempDir
    Path directory;

    private ServiceDirectories services;

    @BeforeEach
    void s6IsInstalled() {
        ShellCommand.assumeInstalled(
                "s6-svc",
                "s6-svok",
                "s6-svstat",
                "s6-svwait",
                "s6-svlisten1",
                "s6-svlisten",
                "s6-supervise",
                "s6-ftrig-listen1");
        services = ServiceDirectories.in(directory);
    }

    @Test
    void svstatReadsWhatAServiceGoesThrough() throws IOException {
        services.service("ready", "echo >&3; exec sleep 1000")
                .file("ready", "notification-fd", "3")
                .service("plain", "exec sleep 1000")
                .service("idle", "exec sleep 1000")
                .file("idle", "down", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("ready");
            daemon.awaitReady("plain");
            awaitStatus("ready", "up \\(pid \\d+\\) \\d+ seconds, ready \\d+ seconds");
            awaitStatus("plain", "up \\(pid \\d+\\) \\d+ seconds");
            awaitStatus("idle", "down \\(exitcode 0\\) \\d+ seconds, ready \\d+ seconds");
            assertEquals(
                    daemon.status("plain").pid().toString(),
                    s6(0, "s6-svstat", "-o", "pid", path("plain")).strip());
            s6(0, "s6-svok", path("plain"));

            s6(0, "s6-svc", "-wD", "-T", PATIENCE, "-d", path("ready"));
            awaitStatus("ready", "down \\(signal SIGTERM\\) \\d+ seconds, normally up, ready \\d+ seconds");
            s6(0, "s6-svc", "-wU", "-T", PATIENCE, "-u", path("ready"));
            assertTrue(daemon.status("ready").ready());
        }
    }

    @Test
    void svcDoesWhatItsLettersSay() throws IOException {
        services.service(
                        "web",
                        "trap 'echo usr1 >>said' USR1; trap 'echo hup >>said' HUP\n"
                                + "echo started >>said; while :; do sleep 0.05; done")
                .executable("web", "finish", SLOW_TO_FINISH);
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            awaitSaid("started");
            int first = daemon.status("web").pid();

            s6(0, "s6-svc", "-1", path("web"));
            awaitSaid("started", "usr1");
            s6(0, "s6-svc", "-h", path("web"));
            awaitSaid("started", "usr1", "hup");

            s6(0, "s6-svc", "-p", path("web"));
            awaitStatus("web", "up .*, paused");
            s6(0, "s6-svc", "-c", path("web"));
            awaitStatus("web", "up \\(pid " + first + "\\) \\d+ seconds");

            s6(0, "s6-svc", "-wr", "-T", PATIENCE, "-r", path("web"));
            assertFalse(daemon.await("web", status -> status.pid() != null).pid() == first);
            s6(0, "s6-svc", "-wr", "-T", PATIENCE, "-k", path("web"));
            s6(0, "s6-svc", "-wr", "-T", PATIENCE, "-t", path("web"));
            assertEquals(2L, daemon.status("web").restarts());

            s6(0, "s6-svc", "-wD", "-T", PATIENCE, "-d", path("web"));
            s6(0, "s6-svc", "-r", path("web"));
            await().atMost(RunningDaemon.PATIENCE).until(() -> daemon.log().contains("its supervise/control says r"));
            assertEquals(ServicePhase.DOWN, daemon.status("web").phase());
        }
    }

    @Test
    void svwaitWaitsForEachStateAndAnswersAtOnceWhereItIsThere() throws IOException {
        services.service("ready", "echo >&3; exec sleep 1000")
                .file("ready", "notification-fd", "3")
                .executable("ready", "finish", SLOW_TO_FINISH);
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("ready");
            s6(0, "s6-svwait", "-u", "-t", PATIENCE, path("ready"));
            s6(0, "s6-svwait", "-U", "-t", PATIENCE, path("ready"));
            s6(99, "s6-svwait", "-d", "-t", "100", path("ready"));
            s6(0, "s6-svc", "-d", path("ready"));
            s6(0, "s6-svwait", "-d", "-t", PATIENCE, path("ready"));
            s6(0, "s6-svwait", "-D", "-t", PATIENCE, path("ready"));
            s6(0, "s6-svlisten1", "-U", "-t", PATIENCE, path("ready"), "s6-svc", "-u", path("ready"));
            s6(0, "s6-svlisten1", "-r", "-t", PATIENCE, path("ready"), "s6-svc", "-k", path("ready"));
            s6(0, "s6-svlisten1", "-D", "-t", PATIENCE, path("ready"), "s6-svc", "-d", path("ready"));
            assertEquals(ServicePhase.DOWN, daemon.status("ready").phase());
        }
    }

    @Test
    void whoeverListensHearsThatAServiceHasFailedForGood() throws IOException {
        services.service("hopeless", "exit 1")
                .executable("hopeless", "finish", "exit 125")
                .file("hopeless", "down", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.await("hopeless", status -> true);
            // How many of those that were waited for failed for good.
            s6(1, "s6-svlisten1", "-U", "-t", PATIENCE, path("hopeless"), "s6-svc", "-u", path("hopeless"));
            awaitStatus("hopeless", "down \\(exitcode 1\\) \\d+ seconds, ready \\d+ seconds");
        }
    }

    @Test
    void theEndOfTheDaemonIsHeardAndGivesTheDirectoriesBack() throws Exception {
        services.service("web", "exec sleep 1000").service("web/log", "exec cat");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web/log");
            s6(0, "s6-svok", path("web"));
            s6(0, "s6-svok", path("web/log"));
            String kill = "kill -TERM " + daemon.pid();
            s6(0, "s6-ftrig-listen1", "-t", PATIENCE, path("web/event"), "dDx", "sh", "-c", kill);
            assertEquals(0, daemon.awaitExit());
            s6(1, "s6-svok", path("web"));
            s6(1, "s6-svok", path("web/log"));
        }
    }

    @Test
    void aServiceThatIsForgottenIsSupervisedNoMore() throws Exception {
        services.service("web", "exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services, "--watch")) {
            daemon.awaitReady("web");
            Path gone = services.directory().resolveSibling("gone");
            String move = "mv " + path("web") + " " + gone;
            s6(0, "s6-ftrig-listen1", "-t", PATIENCE, path("web/event"), "dDx", "sh", "-c", move);
            await().atMost(RunningDaemon.PATIENCE)
                    .until(() -> ShellCommand.run(Map.of(), "s6-svok", gone.toString())
                                    .exitCode()
                            == 1);
            assertEquals(0, openBelow(daemon, directory, "supervise"));
        }
    }

    @Test
    void aServiceThatWasRenamedIsObeyedUnderItsNewName() throws Exception {
        services.service("old", "exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services, "--watch")) {
            int pid = daemon.awaitReady("old").pid();
            Files.move(Path.of(path("old")), Path.of(path("new")));
            daemon.awaitReady("new");
            awaitStatus("new", "up \\(pid " + pid + "\\) \\d+ seconds");
            s6(0, "s6-svc", "-wD", "-T", PATIENCE, "-d", path("new"));
            assertEquals(ServicePhase.DOWN, daemon.status("new").phase());
        }
    }

    @Test
    void whatIsMeantForLaterStartsIsInTheFileDown() throws Exception {
        services.service("web", "exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
            s6(0, "s6-svc", "-wD", "-T", PATIENCE, "-D", path("web"));
            assertTrue(Files.exists(services.path("web", "down")));
            s6(0, "s6-svc", "-wu", "-T", PATIENCE, "-U", path("web"));
            assertFalse(Files.exists(services.path("web", "down")));
        }
    }

    @Test
    void whatAnS6SuperviseHoldsIsLeftToItAndTheOtherWayRound() throws Exception {
        services.service("held", "exec sleep 1000").service("own", "exec sleep 1000");
        Process supervise = new ProcessBuilder("s6-supervise", path("held"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(RunningDaemon.PATIENCE)
                    .until(() ->
                            ShellCommand.run(Map.of(), "s6-svok", path("held")).exitCode() == 0);
            try (RunningDaemon daemon = RunningDaemon.on(services)) {
                daemon.awaitReady("own");
                assertTrue(
                        daemon.log().contains("held is passed over: another process holds supervise/lock"),
                        daemon.log());
                s6(100, "s6-supervise", path("own"));

                s6(0, "s6-svc", "-xd", path("held"));
                assertEquals(0, supervise.waitFor());
                try (RawClient client = daemon.client()) {
                    client.ask("rescan");
                }
                daemon.awaitReady("held");
                s6(0, "s6-svok", path("held"));
            }
        } finally {
            supervise.destroyForcibly();
        }
    }

    @Test
    void aHundredServicesTakeFiveDescriptorsMoreEachAndLoseNoEvent() throws Exception {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            services.service("many-" + i, services.idle());
            paths.add(path("many-" + i));
        }
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            List<String> waitForAll = new ArrayList<>(List.of("s6-svwait", "-u", "-t", PATIENCE));
            waitForAll.addAll(paths);
            await().atMost(RunningDaemon.PATIENCE)
                    .until(() -> Files.exists(Path.of(path("many-99"), "supervise", "status")));
            s6(0, waitForAll.toArray(String[]::new));
            assertEquals(300, openBelow(daemon, services.directory(), "supervise"));
            assertEquals(100, openBelow(daemon, services.directory(), "event"));
            // The directory of each is open in any case, and once more.
            assertEquals(200 + 300 + 100, openBelow(daemon, services.directory(), "many-\\d+"));

            // Subscribed before the first order is given: an event that is lost is waited for in vain.
            List<String> stopAll = new ArrayList<>(List.of("s6-svlisten", "-D", "-t", PATIENCE));
            paths.forEach(path -> stopAll.add(" " + path));
            stopAll.addAll(List.of("", "sh", "-c", "for s in \"$@\"; do s6-svc -d \"$s\"; done", "stop"));
            stopAll.addAll(paths);
            s6(0, stopAll.toArray(String[]::new));
            assertEquals(300, openBelow(daemon, services.directory(), "supervise"));
        }
    }

    @Test
    void withNoS6FilesNothingIsMade() {
        services.service("web", "exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services, "--no-s6-files")) {
            daemon.awaitReady("web");
            assertFalse(Files.exists(Path.of(path("web"), "supervise")));
            assertFalse(Files.exists(Path.of(path("web"), "event")));
            s6(1, "s6-svok", path("web"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Runs it, and gives back what it printed.
    private static String s6(int exitCode, String... command) {
        ShellCommand done = ShellCommand.run(Map.of(), command);
        assertEquals(exitCode, done.exitCode(), () -> List.of(command) + ": " + done.output());
        return done.output();
    }

    private void awaitStatus(String service, String pattern) {
        await("s6-svstat " + service).atMost(RunningDaemon.PATIENCE).untilAsserted(() -> {
            String status = ShellCommand.run(Map.of(), "s6-svstat", path(service))
                    .output()
                    .strip();
            assertTrue(status.matches(pattern), status);
        });
    }

    private void awaitSaid(String... lines) {
        await().atMost(RunningDaemon.PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertEquals(List.of(lines), Files.readAllLines(services.path("web", "said")));
        });
    }

    private String path(String service) {
        return services.directory().resolve(service).toString();
    }

    /// How many descriptors the daemon has open in a directory of this name below another.
    private static int openBelow(RunningDaemon daemon, Path directory, String name) throws IOException {
        return ProcFiles.descriptors(daemon.pid()).entrySet().stream()
                .filter(open -> open.getKey().startsWith(directory + "/")
                        && open.getKey().matches(".*/" + name + "(/.*)?"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
