package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's own s6-svscanctl, s6-svlink and s6-svunlink, and signals, on the scan directory of a daemon in s6-svscan's
/// place, s6-svscan.html.
class SvscanScenarioTest {
    private static final String PATIENCE = Long.toString(RunningDaemon.PATIENCE.toMillis());

    /// Says what it reads, and when it is told to end; the end of its input ends it too.
    private static final String LOGGER = "trap 'echo told to end >>said; exit' TERM; "
            + "while read -r line; do echo \"$line\" >>said; done; echo end of input >>said";

    @TempDir
    Path directory;

    private ServiceDirectories services;

    @BeforeEach
    void s6IsInstalled() {
        ShellCommand.assumeInstalled("s6-svscan", "s6-svscanctl", "s6-svlink", "s6-svunlink", "s6-svok", "s6-svc");
        services = ServiceDirectories.in(directory);
    }

    @Test
    void itsFilesAreMadeWithS6sModesAndKeepAnS6SvscanOut() throws Exception {
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            assertEquals("rwx------", permissions(""));
            assertEquals("rw-------", permissions("lock"));
            assertEquals("rw-------", permissions("control"));
            s6(100, "s6-svscan", scanDirectory());

            s6(0, "s6-svscanctl", "-t", scanDirectory());
            assertEquals(0, daemon.awaitExit());
            s6(100, "s6-svscanctl", "-t", scanDirectory());
        }
    }

    @Test
    void whereAnS6SvscanServesTheDirectoryTheDaemonRefusesTo() throws Exception {
        Process svscan = new ProcessBuilder("s6-svscan", scanDirectory())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            eventually(() -> ShellCommand.run(Map.of(), "s6-svscanctl", "-z", scanDirectory())
                            .exitCode()
                    == 0);
            ShellCommand refused = ShellCommand.run(
                    Map.of(),
                    RunningDaemon.launcher().toString(),
                    "--scan",
                    scanDirectory(),
                    "--run",
                    directory.resolve("run").toString());
            assertEquals(100, refused.exitCode(), refused.output());
            assertTrue(
                    refused.output().contains("is served by another process, s6-svscan or reeved"), refused.output());
        } finally {
            svscan.destroy();
            assertTrue(svscan.waitFor(RunningDaemon.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void aScanLeavesWhatHasGoneAndAPruneEndsItsLoggerAfterIt() throws Exception {
        services.service("web", "trap 'echo last words; exit' TERM; while :; do sleep 0.05; done")
                .service("web/log", LOGGER);
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady("web").pid();
            services.service("new", services.idle());
            Path gone = moveAway("web");
            s6(0, "s6-svscanctl", "-a", scanDirectory());
            daemon.awaitReady("new");
            assertEquals(pid, daemon.status("web").pid());
            s6(0, "s6-svok", gone.toString());

            s6(0, "s6-svscanctl", "-n", scanDirectory());
            awaitUnsupervised(gone.resolve("log"));
            awaitUnsupervised(gone);
            assertEquals("last words\nend of input\n", Files.readString(gone.resolve("log/said")));
            daemon.awaitReady("new");
        }
    }

    @Test
    void whatIsBackBeforeAPruneGoesOn() throws Exception {
        services.service("web", services.idle());
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady("web").pid();
            Path gone = moveAway("web");
            s6(0, "s6-svscanctl", "-a", scanDirectory());
            eventually(() -> daemon.log().contains("is gone; it goes on until s6-svscanctl -n"));
            Files.move(gone, services.directory().resolve("web"));
            s6(0, "s6-svscanctl", "-an", scanDirectory());
            services.service("later", services.idle());
            s6(0, "s6-svscanctl", "-h", scanDirectory());
            daemon.awaitReady("later");
            assertEquals(pid, daemon.status("web").pid());
        }
    }

    @Test
    void aPruneOfLoggersTooTellsThemToEnd() throws Exception {
        services.service("web", "trap '' TERM; exec sleep 1000").service("web/log", LOGGER);
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady("web").pid();
            daemon.awaitReady("web/log");
            Path gone = moveAway("web");
            s6(0, "s6-svscanctl", "-aN", scanDirectory());
            eventually(() -> contains(gone.resolve("log/said"), "told to end"));
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            awaitUnsupervised(gone);
        }
    }

    @Test
    void aHangUpScansAndPrunes() throws Exception {
        services.service("web", services.idle());
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
            services.service("new", services.idle());
            Path gone = moveAway("web");
            daemon.signal("HUP");
            daemon.awaitReady("new");
            awaitUnsupervised(gone);
        }
    }

    @Test
    void whoTerminatesHasLoggersReadToTheEndAndWhoQuitsHasNot() throws Exception {
        services.service("web", "trap 'echo last words; exit' TERM; while :; do sleep 0.05; done")
                .service("web/log", LOGGER);
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
            daemon.awaitReady("web/log");
            s6(0, "s6-svscanctl", "-t", scanDirectory());
            assertEquals(0, daemon.awaitExit());
        }
        assertEquals("last words\nend of input\n", Files.readString(services.path("web/log", "said")));

        services.service("web", "trap '' TERM; exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady("web").pid();
            daemon.awaitReady("web/log");
            daemon.signal("QUIT");
            eventually(() -> contains(services.path("web/log", "said"), "told to end"));
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            assertEquals(0, daemon.awaitExit());
        }
    }

    @Test
    void whoAbortsWaitsForNobody() throws Exception {
        services.service("web", services.idle());
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            ProcessHandle web = ProcessHandle.of(daemon.awaitReady("web").pid()).orElseThrow();
            s6(0, "s6-svscanctl", "-b", scanDirectory());
            assertEquals(0, daemon.awaitExit());
            assertTrue(web.isAlive());
            web.destroyForcibly();
        }
    }

    @Test
    void anAlarmOnlyScansAndAnAbortEndsTheDaemonAlone() throws Exception {
        services.service("web", services.idle());
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            ProcessHandle web = ProcessHandle.of(daemon.awaitReady("web").pid()).orElseThrow();
            services.service("new", services.idle());
            moveAway("web");
            daemon.signal("ALRM");
            ProcessHandle added =
                    ProcessHandle.of(daemon.awaitReady("new").pid()).orElseThrow();
            daemon.signal("ABRT");
            assertEquals(0, daemon.awaitExit());
            assertTrue(web.isAlive());
            assertTrue(added.isAlive());
            web.destroyForcibly();
            added.destroyForcibly();
        }
    }

    @Test
    void aByteThatNobodyKnowsIsWarnedOfAndTheOthersAreDone() throws Exception {
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            services.service("web", services.idle());
            Files.writeString(services.directory().resolve(".s6-svscan/control"), "Ya");
            daemon.awaitReady("web");
            assertTrue(daemon.log().contains("received unknown control command: Y"), daemon.log());
        }
    }

    @Test
    void aProgramOfASignalsNameIsRunInPlaceOfTheReaction() throws Exception {
        script("SIGTERM", "echo \"$0 $# $PWD\" >>told");
        script("SIGUSR1", "echo \"$0 $# $PWD\" >>told");
        Files.createFile(services.directory().resolve(".s6-svscan/SIGINT"));
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            Path told = services.directory().resolve("told");
            String where = " 0 " + scanDirectory() + "\n";
            daemon.signal("TERM");
            eventually(() -> contains(told, ".s6-svscan/SIGTERM" + where));
            daemon.signal("USR1");
            eventually(() -> contains(told, ".s6-svscan/SIGTERM" + where + ".s6-svscan/SIGUSR1" + where));
            daemon.signal("USR2");
            eventually(() -> ProcessHandle.of(daemon.pid())
                    .orElseThrow()
                    .children()
                    .findFirst()
                    .isEmpty());
            daemon.signal("INT");
            assertEquals(0, daemon.awaitExit());
        }
    }

    @Test
    void svlinkAndSvunlinkBringAServiceAndTakeItAway() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        new ServiceDirectories(elsewhere).service("web", services.idle());
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            s6(
                    0,
                    "s6-svlink",
                    "-t",
                    PATIENCE,
                    scanDirectory(),
                    elsewhere.resolve("web").toString(),
                    "www");
            daemon.awaitReady("www");
            s6(0, "s6-svok", elsewhere.resolve("web").toString());
            s6(0, "s6-svunlink", "-t", PATIENCE, scanDirectory(), "www");
            s6(1, "s6-svok", elsewhere.resolve("web").toString());
            assertFalse(Files.exists(services.directory().resolve("www")));
        }
    }

    private Path moveAway(String service) throws IOException {
        Path gone = directory.resolve("gone-" + service);
        return Files.move(services.directory().resolve(service), gone);
    }

    private void script(String name, String text) throws IOException {
        Path svscan = Files.createDirectories(services.directory().resolve(".s6-svscan"));
        Path script = Files.writeString(svscan.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String scanDirectory() {
        return services.directory().toString();
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(
                services.directory().resolve(".s6-svscan").resolve(file)));
    }

    private static boolean contains(Path file, String text) throws IOException {
        return Files.exists(file) && Files.readString(file).contains(text);
    }

    private static void awaitUnsupervised(Path service) {
        eventually(
                () -> ShellCommand.run(Map.of(), "s6-svok", service.toString()).exitCode() == 1);
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(RunningDaemon.PATIENCE).until(condition);
    }

    private static void s6(int exitCode, String... command) {
        ShellCommand done = ShellCommand.run(Map.of(), command);
        assertEquals(exitCode, done.exitCode(), () -> String.join(" ", command) + ": " + done.output());
    }
}
