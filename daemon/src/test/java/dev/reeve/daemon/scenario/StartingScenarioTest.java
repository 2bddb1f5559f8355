package dev.reeve.daemon.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A daemon that cannot do what it is told says so in one line, and touches nothing.
class StartingScenarioTest {
    private static final int USAGE = 100;
    private static final int SYSTEM = 111;

    @TempDir
    Path directory;

    /// What a daemon that ended by itself said, and its exit code.
    private record End(int code, String words) {}

    @Test
    void whoeverComesAtOnceIsAnsweredWhenTheFirstServicesAreKnown() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory);
        for (int i = 0; i < 200; i++) {
            services.service("service-" + i, "exec sleep 1000");
        }
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient client = daemon.client()) {
            assertEquals(200, client.status().size());
        }
    }

    @Test
    void aSecondDaemonOnTheSameRunDirectoryIsRefused() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory).service("one", "exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("one");
            Path run = services.directory().resolveSibling("run");

            Path otherScan = Files.createDirectory(directory.resolve("other"));
            End second = start("--scan", otherScan.toString(), "--run", run.toString());
            End elsewhere = start(
                    "--run",
                    run.toString(),
                    "--socket",
                    directory.resolve("other.sock").toString());

            assertEquals(SYSTEM, second.code());
            assertTrue(second.words().contains("another reeved runs in " + run), second.words());
            assertEquals(SYSTEM, elsewhere.code());
            assertTrue(daemon.status("one").ready());
        }
    }

    @Test
    void aDaemonThatWasKilledLeavesNothingInTheWayOfTheNext() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory);
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.signal("KILL");
            daemon.awaitExit();
        }
        try (RunningDaemon next = RunningDaemon.on(services);
                RawClient client = next.client()) {
            assertEquals(List.of(), client.status());
        }
    }

    @Test
    void aFileInThePlaceOfTheSocketIsLeftAlone() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious.txt"), "precious");

        End end = start("--run", directory.resolve("run").toString(), "--socket", precious.toString());

        assertEquals(SYSTEM, end.code());
        assertTrue(end.words().contains(precious + " is there and is not a socket"), end.words());
        assertEquals("precious", Files.readString(precious));
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        String run = directory.resolve("run").toString();
        Path file = Files.writeString(directory.resolve("file"), "");

        assertWords(SYSTEM, "scan directory " + directory.resolve("nope"), "--run", run, "--scan", directory + "/nope");
        assertWords(SYSTEM, "run directory " + file, "--run", file.toString());
        assertWords(
                SYSTEM,
                "control socket " + directory + "/no/s.sock",
                "--run",
                run,
                "--socket",
                directory + "/no/s.sock");
        assertWords(SYSTEM, "at most 107", "--run", run, "--socket", "/tmp/" + "x".repeat(120));
        assertWords(USAGE, "--scan needs a path after it", "--scan", "");
        assertWords(USAGE, "--colour is no option of reeved", "--colour");
    }

    private void assertWords(int code, String words, String... arguments) throws Exception {
        End end = start(arguments);
        assertEquals(code, end.code(), end.words());
        assertTrue(end.words().contains(words), end.words());
        assertEquals(1, end.words().lines().count(), end.words());
    }

    private End start(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(RunningDaemon.launcher().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(RunningDaemon.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            return new End(process.exitValue(), words);
        } finally {
            process.destroyForcibly();
        }
    }
}
