package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever goes wrong, and however often: the log says it, and can still be read.
class LogFloodScenarioTest {
    @TempDir
    Path directory;

    @Test
    void servicesThatDieInALoopAreToldOfOnceEach() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory);
        int each = 50;
        for (int i = 0; i < each; i++) {
            services.service("dies-" + i, "exit 3");
            services.service("missing-" + i, "").file("missing-" + i, "notification-fd", "three\n");
            Files.delete(services.path("missing-" + i, "run"));
        }
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            // Each has gone wrong three times at least, with two messages each time for some.
            await().atMost(RunningDaemon.PATIENCE)
                    .until(() -> statuses(daemon).stream()
                                    .filter(status -> status.name().startsWith("dies") && status.restarts() >= 3)
                                    .count()
                            == each);
            daemon.signal("TERM");
            assertEquals(0, daemon.awaitExit());

            List<String> lines = daemon.log().lines().toList();
            assertEquals(
                    1,
                    count(
                            lines,
                            "reeved: warning: service dies-7: it ended by itself (exit code 3) and is started again"));
            assertEquals(
                    1,
                    count(
                            lines,
                            "reeved: warning: service missing-7: it cannot be started: there is no file run in the"
                                    + " service directory; this is tried again until it can"));
            assertEquals(
                    1,
                    count(
                            lines,
                            "reeved: warning: service missing-7: notification-fd: \"three\" is not a descriptor"
                                    + " number such as 3; readiness is not waited for"));
            // At the end the ten greatest counts, and how many others there are.
            assertEquals(
                    10,
                    lines.stream()
                            .filter(line -> line.matches("reeved: warning: service .* \\([0-9]+ more times\\)"))
                            .count(),
                    daemon.log());
            assertTrue(lines.getLast().matches("reeved: info: [0-9]+ other messages came again, too"), daemon.log());
            // What was told at once.
            assertTrue(lines.size() <= 3 * each + 1 + 10 + 1 + 10, "lines: " + lines.size());
        }
    }

    @Test
    void tenThousandSignalsAreALine() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory).service("steady", "exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady("steady").pid();
            Process flood = new ProcessBuilder(
                            "sh",
                            "-c",
                            "for i in $(seq 10000); do kill -USR1 $0; kill -WINCH $0; kill -CHLD $0; done",
                            Long.toString(daemon.pid()))
                    .start();
            assertEquals(0, flood.waitFor());

            assertEquals(pid, daemon.awaitReady("steady").pid());
            daemon.signal("TERM");
            assertEquals(0, daemon.awaitExit());
            List<String> lines = daemon.log().lines().toList();
            String signal = "reeved: info: SIGUSR1 has arrived, and means nothing to reeved";
            assertEquals(1, count(lines, signal));
            assertTrue(
                    lines.stream().anyMatch(line -> line.startsWith(signal + " (") && line.endsWith(" more times)")),
                    daemon.log());
            assertTrue(lines.size() <= 10, daemon.log());
        }
    }

    @Test
    void aRunThatCannotBeExecutedIsToldWithWhatToDo() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory);
        services.service("dangling", "").service("folder", "").service("locked", "");
        Files.delete(services.path("dangling", "run"));
        Files.createSymbolicLink(services.path("dangling", "run"), Path.of("/no/such/program"));
        Files.delete(services.path("folder", "run"));
        services.directory("folder", "run");
        Files.setPosixFilePermissions(services.path("locked", "run"), java.util.Set.of());
        services.service("bare", "").file("bare", "run", "no interpreter line");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            assertEquals("run is a symlink to nothing", reason(daemon, "dangling"));
            String notExecutable = "run may not be executed: is it a regular file, with mode 755?";
            assertEquals(notExecutable, reason(daemon, "folder"));
            assertEquals(notExecutable, reason(daemon, "locked"));
            assertEquals("run is neither a program nor a script that begins with #!", reason(daemon, "bare"));
            awaitLine(daemon, "reeved: warning: service dangling: it cannot be started: run is a symlink to nothing;");
        }
    }

    @Test
    void aReadinessDescriptorThatCannotBeIsToldAndNotWaitedFor() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory);
        for (String fd : List.of("0", "99999999", "x")) {
            services.service("fd-" + fd, "exec sleep 1000").file("fd-" + fd, "notification-fd", fd + "\n");
        }
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            for (String fd : List.of("0", "99999999", "x")) {
                daemon.awaitReady("fd-" + fd);
            }
            awaitLine(daemon, "service fd-0: notification-fd: 0 cannot be the descriptor: it must be from 1 to ");
            awaitLine(daemon, "service fd-99999999: notification-fd: 99999999 cannot be the descriptor: it must be ");
            awaitLine(daemon, "service fd-x: notification-fd: \"x\" is not a descriptor number such as 3; ");
        }
    }

    @Test
    void aNameCannotForgeALine() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory).service("web", "exec sleep 1000");
        Files.createDirectory(services.directory().resolve("x\nreeved: warning: all is lost\u001b[2J"));
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
            awaitLine(
                    daemon,
                    "reeved: warning: scan directory " + services.directory()
                            + ": x\\nreeved: warning: all is lost\\u001b[2J is passed over: ");
        }
    }

    @Test
    void aLogOnAFullDiskStopsNothing() throws Exception {
        ShellCommand.assumeInstalled("unshare");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                ShellCommand.run(java.util.Map.of(), "unshare", "--mount", "true")
                                .exitCode()
                        == 0,
                "no mount namespace is to be had here: run it as root");
        ServiceDirectories services = ServiceDirectories.in(directory);
        for (int i = 0; i < 20; i++) {
            services.service("bad-" + i, "exit 1").file("bad-" + i, "notification-fd", "three\n");
        }
        services.service("steady", "exec sleep 1000");
        Path disk = Files.createDirectory(directory.resolve("disk"));
        List<String> prefix = List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=4k tmpfs " + disk + " && exec 2>" + disk + "/log && exec \"$0\" \"$@\"");
        try (RunningDaemon daemon = RunningDaemon.on(services, prefix, null);
                RawClient client = daemon.client()) {
            int pid = daemon.awaitReady("steady").pid();
            Path log = Path.of("/proc/" + daemon.pid() + "/fd/2");
            await().atMost(RunningDaemon.PATIENCE).until(() -> Files.size(log) >= 4_096);

            client.ask("restart", "steady");

            daemon.await("steady", status -> status.ready() && status.pid() != pid);
            daemon.await("bad-3", status -> status.restarts() >= 2);
        }
    }

    private static List<ServiceStatus> statuses(RunningDaemon daemon) throws IOException {
        try (RawClient client = daemon.client()) {
            return new ArrayList<>(client.status());
        }
    }

    private static String reason(RunningDaemon daemon, String service) {
        return daemon.await(service, status -> status.phase() == ServicePhase.BACKING_OFF)
                .reason();
    }

    private static void awaitLine(RunningDaemon daemon, String words) {
        await(words).atMost(RunningDaemon.PATIENCE).until(() -> daemon.log().contains(words));
    }

    private static long count(List<String> lines, String line) {
        return lines.stream().filter(line::equals).count();
    }
}
