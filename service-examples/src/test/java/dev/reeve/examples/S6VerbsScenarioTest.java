package dev.reeve.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.scenario.RunningDaemon;
import dev.reeve.daemon.scenario.ServiceDirectories;
import dev.reeve.protocol.ServicePhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// s6's verbs beside Debian's own s6 tools, on the same services: as a shell does them, which is dash's or busybox's
/// business, as the JVM does them, and under the names of s6. What Debian's s6 2.11 says otherwise than the newest s6
/// is put right before it is compared ([#newest]).
@TestInstance(Lifecycle.PER_CLASS)
class S6VerbsScenarioTest {
    private static final String PATIENCE = Long.toString(RunningDaemon.PATIENCE.toMillis());
    private static final Path BIN = Example.HOME.resolve("bin");

    /// Where something is wrong the shell leaves it to the JVM, and that takes its time to start: one shell will do.
    private static final List<Way> STARTS = List.of(Way.DEBIAN, Way.DASH);

    private ServiceDirectories services;
    private RunningDaemon daemon;

    /// The ways to run a verb.
    private enum Way {
        DEBIAN,
        DASH,
        BUSYBOX,
        JVM,
        COPY
    }

    @BeforeAll
    void startTheDaemon(@TempDir Path directory) {
        for (String program : List.of("s6-svstat", "dash", "busybox")) {
            boolean isInstalled = Stream.of(System.getenv("PATH").split(":", -1))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            Assumptions.assumeTrue(isInstalled, program + " is not installed: bin/test installs it");
        }
        services = ServiceDirectories.in(directory);
        services.service("plain", "exec sleep 1000")
                .service("ready", "echo >&3; exec sleep 1000")
                .file("ready", "notification-fd", "3")
                .service("never", "exec sleep 1000")
                .file("never", "down", "")
                .service("paused", "exec sleep 1000")
                .service("stubborn", "trap '' TERM; while :; do sleep 0.1; done")
                .service("finishing", "exit 3")
                .executable("finishing", "finish", "exec sleep 1000")
                .file("finishing", "timeout-finish", "0")
                .service("killed", "exec sleep 1000")
                .service("failed", "exit 1")
                .executable("failed", "finish", "exit 125")
                .service("odd", "exec sleep 1000")
                .file("odd", "down", "")
                .service("logged", "exec sleep 1000")
                .service("logged/log", "exec cat")
                .service("worked", "exec sleep 1000");
        daemon = RunningDaemon.on(services);
        daemon.awaitReady("plain");
        daemon.awaitReady("worked");
        daemon.awaitReady("logged/log");
    }

    @AfterAll
    void endTheDaemon() throws IOException {
        if (daemon != null) {
            run(Way.DEBIAN, "svc", "-dk", path("stubborn"));
            run(Way.DEBIAN, "svc", "-O", path("finishing"));
            ProcessHandle.of(daemon.status("finishing").pid()).ifPresent(ProcessHandle::destroyForcibly);
            daemon.close();
        }
    }

    @Test
    void svstatSaysTheSameOfAServiceInEachState() {
        run(Way.DEBIAN, "svc", "-p", path("paused")).endsWith(0);
        run(Way.DEBIAN, "svc", "-d", path("stubborn")).endsWith(0);
        run(Way.DEBIAN, "svc", "-wD", "-T", PATIENCE, "-d", path("killed")).endsWith(0);
        run(Way.DEBIAN, "svc", "-wu", "-T", PATIENCE, "-u", path("odd")).endsWith(0);
        assertAllSay("up (pid N pgid N) N seconds", "plain");
        assertAllSay("up (pid N pgid N) N seconds, ready N seconds", "ready");
        assertAllSay("down (not started yet) N seconds, ready N seconds", "never");
        assertAllSay("up (pid N pgid N) N seconds, paused", "paused");
        assertAllSay("up (pid N pgid N) N seconds, want down", "stubborn");
        assertAllSay("down (exitcode 3) N seconds, normally up, want up", "finishing");
        assertAllSay("down (signal SIGTERM) N seconds, normally up, ready N seconds", "killed");
        assertAllSay("down (exitcode 1) N seconds, normally up, ready N seconds", "failed");
        assertAllSay("up (pid N pgid N) N seconds, normally down", "odd");
        assertAllSay("up (pid N pgid N) N seconds", "logged/log");
    }

    @Test
    void svstatTellsProgramsTheSame() {
        run(Way.DEBIAN, "svc", "-wD", "-T", PATIENCE, "-d", path("killed")).endsWith(0);
        for (String service : List.of("ready", "killed", "never")) {
            assertAllEqual(
                    "svstat", "-o", "up,wantedup,normallyup,ready,paused,pid,exitcode,signal,signum", path(service));
            assertAllEqual("svstat", "-uwNrpesn", "--", path(service));
        }
        assertAllEqual("svstat", "-n", path("killed"));
        for (String times : List.of("updownsince,readysince", "updownfor,readyfor")) {
            Command debian =
                    run(Way.DEBIAN, "svstat", "-o", times, path("ready")).endsWith(0);
            assertTrue(said(debian).matches("(@[0-9a-f]{24} ?){2}\n|([0-9]+ ?){2}\n"), said(debian));
            for (Way way : Way.values()) {
                String said =
                        said(run(way, "svstat", "-o", times, path("ready")).endsWith(0));
                assertEquals(seconds(said(debian)), seconds(said), way::toString);
            }
        }
    }

    @Test
    void whatIsNotSupervisedIsSaidInTheSameWords() throws IOException {
        Path none = Files.createDirectories(services.directory().resolveSibling("none"));
        for (String directory : List.of(none.toString(), none + "/nothere", "/etc/passwd")) {
            assertEqual(STARTS, List.of("svok", directory));
            assertEqual(STARTS, List.of("svstat", directory));
        }
        assertAllEqual("svok", path("plain"));
        assertEqual(STARTS, List.of("svstat", "-o", "nosuch", path("plain")));
        assertEqual(STARTS, List.of("svc", "-u", none + "/nothere"));
        assertEqual(STARTS, List.of("svc", "-u", "/etc/passwd"));
        assertEqual(STARTS, List.of("svc", "-u", ""));
        assertEqual(STARTS, List.of("svwait", "-t", "100", none + "/nothere"));
        for (List<String> wrong : List.of(
                List.of("svc"),
                List.of("svc", "-Z", path("plain")),
                List.of("svc", "-wq", path("plain")),
                List.of("svc", "-T", "soon", path("plain")),
                List.of("svstat"),
                List.of("svstat", "-x", path("plain")),
                List.of("svok"),
                List.of("svwait", "-x", path("plain")),
                List.of("svlisten1", path("plain")),
                List.of("svlisten", path("plain"), "true"))) {
            for (Way way : STARTS) {
                String[] words = wrong.subList(1, wrong.size()).toArray(String[]::new);
                String output = said(run(way, wrong.getFirst(), words).endsWith(100));
                String program = "s6-" + wrong.getFirst();
                assertTrue(output.startsWith(program + ": usage: " + program), output);
            }
        }
    }

    @Test
    void whatNobodySupervisesIsNotControlled() throws IOException {
        Path none = Files.createDirectories(services.directory().resolveSibling("deserted"));
        run(Way.DEBIAN, "svok", none.toString()).endsWith(1);
        Files.createDirectories(none.resolve("supervise"));
        Command.run(List.of("mkfifo", none.resolve("supervise/control").toString()), Map.of())
                .endsWith(0);
        run(Way.DEBIAN, "svc", "-u", none.toString()).endsWith(100);
        // A fifo that nobody reads: whoever opens it for writing without care waits for ever.
        for (Way way : List.of(Way.DASH, Way.BUSYBOX)) {
            String said = said(run(way, "svc", "-u", none.toString()).endsWith(102));
            assertTrue(
                    said.startsWith("s6-svc: fatal: unable to control " + none + ": supervisor not listening: "), said);
            run(way, "svok", none.toString()).endsWith(1);
            run(way, "svstat", none.toString()).endsWith(1);
        }
    }

    @Test
    void svcDoesTheSameEachWay() {
        for (Way way : Way.values()) {
            assertEquals("", said(run(way, "svc", "-d", path("worked")).endsWith(0)));
            daemon.await("worked", status -> status.phase() == ServicePhase.DOWN);
            run(way, "svc", "-u", "--", path("worked")).endsWith(0);
            int pid = daemon.await("worked", status -> status.phase() == ServicePhase.UP)
                    .pid();
            run(way, "svc", "-r", path("worked")).endsWith(0);
            daemon.await("worked", status -> status.phase() == ServicePhase.UP && status.pid() != pid);
            run(way, "svc", "-wD", "-T", PATIENCE, "-d", path("worked")).endsWith(0);
            assertEquals(ServicePhase.DOWN, daemon.status("worked").phase());
            String warned = said(
                    run(way, "svc", "-wU", "-T", PATIENCE, "-u", path("worked")).endsWith(0));
            assertEquals(
                    "s6-svc: warning: " + path("worked")
                            + "/notification-fd not present - ignoring request for readiness notification\n",
                    warned);
            assertEquals(ServicePhase.UP, daemon.status("worked").phase());
        }
    }

    @Test
    void whoWaitsHearsTheSame() {
        for (List<String> words : List.of(
                List.of("svwait", "-u", "-t", PATIENCE, path("plain"), path("ready")),
                List.of("svwait", "-U", "-t", PATIENCE, path("ready")),
                List.of("svwait", "-U", "-t", "200", path("plain")),
                List.of("svwait", "-D", "-t", "200", path("plain"), path("never")),
                List.of("svwait", "-Do", "-t", PATIENCE, path("plain"), path("never")),
                List.of("svlisten1", "-u", "-t", PATIENCE, path("plain"), "true"),
                List.of("svlisten1", "-d", "-t", "200", path("plain"), "true"),
                List.of("svlisten", "-u", "-t", PATIENCE, " " + path("plain"), " " + path("ready"), "", "true"),
                List.of("svlisten", "-d", "-t", "200", " " + path("plain"), "", "true"),
                List.of("svlisten1", "-u", path("plain"), "/nowhere/nothing"),
                List.of("svc", "-wd", "-T", "200", path("plain")))) {
            assertEqual(List.of(Way.DEBIAN, Way.JVM), words);
        }
        assertEqual(List.of(Way.DEBIAN, Way.COPY), List.of("svwait", "-d", "-t", "200", path("plain")));
    }

    @Test
    void aLinkMakesAServiceAndItsRemovalEndsIt() throws IOException {
        Path extra = Files.createDirectories(services.directory().resolveSibling("sv/extra"));
        Path run = Files.writeString(extra.resolve("run"), "#!/bin/sh\nexec sleep 1000\n");
        assertTrue(run.toFile().setExecutable(true));
        String scan = services.directory().toString();
        for (Way way : List.of(Way.DEBIAN, Way.JVM, Way.COPY)) {
            run(way, "svlink", "-t", PATIENCE, scan, extra.toString()).endsWith(0);
            run(Way.DEBIAN, "svwait", "-u", "-t", PATIENCE, path("extra")).endsWith(0);
            int pid = daemon.awaitReady("extra").pid();
            run(way, "svstat", "-p", extra.toString()).endsWith(0);
            run(way, "svunlink", "-t", PATIENCE, scan, "extra").endsWith(0);
            assertTrue(ProcessHandle.of(pid).isEmpty(), "its process has ended");
            run(way, "svok", extra.toString()).endsWith(1);
            run(way, "svlink", "-d", "-t", PATIENCE, scan, extra.toString(), "other")
                    .endsWith(0);
            daemon.await("other", status -> status.phase() == ServicePhase.DOWN);
            run(way, "svunlink", "-t", PATIENCE, scan, "other").endsWith(0);
        }
    }

    @Test
    void aScanIsAskedForEachWay() {
        for (Way way : List.of(Way.DEBIAN, Way.DASH, Way.BUSYBOX, Way.COPY)) {
            String name = "new-" + way.name().toLowerCase(Locale.ROOT);
            services.service(name, "exec sleep 1000");
            run(way, "svscanctl", "-a", services.directory().toString()).endsWith(0);
            daemon.awaitReady(name);
        }
        services.service("new-jvm", "exec sleep 1000");
        run(Way.JVM, "svscanctl", "-an", services.directory().toString()).endsWith(0);
        daemon.awaitReady("new-jvm");
    }

    @Test
    void svdtTellsTheSameDeaths() throws IOException {
        byte[] tally = HexFormat.of()
                .parseHex("4000000069207e5d00000001" + "0300" + "4000000069207e5e00000002" + "8909"
                        + "4000000069207e5f00000003" + "0000");
        Path tallied = Files.createDirectories(services.directory().resolveSibling("tallied"));
        Files.createDirectories(tallied.resolve("supervise"));
        Files.write(tallied.resolve("supervise/death_tally"), tally);
        List<Way> ways = List.of(Way.DEBIAN, Way.JVM);
        assertEqual(ways, List.of("svdt", tallied.toString()));
        assertEqual(ways, List.of("svdt", "-s", "-n", "2", tallied.toString()));
        assertEqual(ways, List.of("svdt", "-n0", tallied.toString()));
        assertEqual(ways, List.of("svdt", "/etc/passwd"));
        assertEqual(ways, List.of("svdt-clear", tallied + "/nothere"));
        run(Way.COPY, "svdt-clear", tallied.toString()).endsWith(0);
        assertEqual(ways, List.of("svdt", tallied.toString()));
    }

    @Test
    void whatARunProgramDoesIsWaitedForAndItHasTheCallersEnvironment() throws IOException {
        Path said = services.directory().resolveSibling("said");
        String script =
                "printf %s \"${LC_ALL-none},${JAVA_TOOL_OPTIONS-none}\" >" + said + "; s6-svc -r " + path("logged");
        Command.run(
                        List.of(
                                BIN.resolve("reeve").toString(),
                                "svlisten1",
                                "-r",
                                "-t",
                                PATIENCE,
                                path("logged"),
                                "sh",
                                "-c",
                                script),
                        Map.of(
                                "REEVE_SOCKET",
                                daemon.socket().toString(),
                                "LC_ALL",
                                "C",
                                "JAVA_TOOL_OPTIONS",
                                "-Dthe.callers=own"))
                .endsWith(0);
        assertEquals("C,-Dthe.callers=own", Files.readString(said));
    }

    private void assertAllSay(String sentence, String service) {
        for (Way way : Way.values()) {
            await(service + " by " + way).atMost(RunningDaemon.PATIENCE).untilAsserted(() -> {
                String said = said(run(way, "svstat", path(service)).endsWith(0));
                assertEquals(sentence + "\n", newest(said, service));
            });
        }
    }

    private void assertAllEqual(String verb, String... words) {
        List<String> all = new ArrayList<>(List.of(verb));
        all.addAll(List.of(words));
        assertEqual(List.of(Way.values()), all);
    }

    private void assertEqual(List<Way> ways, List<String> words) {
        String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
        Command first = run(ways.getFirst(), words.getFirst(), arguments);
        for (Way way : ways.subList(1, ways.size())) {
            Command other = run(way, words.getFirst(), arguments);
            assertEquals(
                    first.exitCode() + " " + newest(said(first), ""),
                    other.exitCode() + " " + newest(said(other), ""),
                    () -> words + " by " + way);
        }
    }

    /// What Debian's s6 says, as the newest does, with numbers masked; and what reeve says, without what it has tried.
    private static String newest(String said, String service) {
        String masked = said.replaceAll("pid \\d+( pgid \\d+)?", "pid N pgid N")
                .replaceAll("\\d+ seconds", "N seconds")
                .replace("fatal: : unable", "fatal: unable")
                .replaceAll("(s6-supervise not running|supervisor not listening): .*", "$1");
        return service.equals("never") ? masked.replace("exitcode 0", "not started yet") : masked;
    }

    /// Labels as they are, but for what comes after the second; and seconds that went by while others looked.
    private static String seconds(String said) {
        return said.replaceAll("(?<=@[0-9a-f]{16})[0-9a-f]{8}", "").replaceAll("\\b\\d{1,3}\\b", "N");
    }

    private Command run(Way way, String verb, String... words) {
        List<String> command = new ArrayList<>(
                switch (way) {
                    case DEBIAN -> List.of("s6-" + verb);
                    case DASH -> List.of("dash", BIN.resolve("reeve").toString(), verb);
                    case BUSYBOX ->
                        List.of("busybox", "sh", BIN.resolve("reeve").toString(), verb);
                    case JVM ->
                        List.of(
                                BIN.resolve("reeve").toString(),
                                "--socket",
                                daemon.socket().toString(),
                                verb);
                    case COPY -> List.of(BIN.resolve("s6/s6-" + verb).toString());
                });
        command.addAll(List.of(words));
        return Command.run(command, Map.of("REEVE_SOCKET", daemon.socket().toString()));
    }

    private static String said(Command command) {
        return command.out() + command.err();
    }

    private String path(String service) {
        return services.directory().resolve(service).toString();
    }
}
