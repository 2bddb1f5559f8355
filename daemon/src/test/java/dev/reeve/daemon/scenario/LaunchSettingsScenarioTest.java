package dev.reeve.daemon.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files that say how `run` is executed do what they say.
class LaunchSettingsScenarioTest {
    private static final String READY = "echo >&3; exec sleep 1000";

    @TempDir
    Path directory;

    private ServiceDirectories services;

    @BeforeEach
    void scanDirectory() {
        services = ServiceDirectories.in(directory);
    }

    @Test
    void aUserIsActedAsByRunAndFinish() throws IOException {
        needsRoot();
        open(directory);
        service("worker", "id >/dev/shm/reeve-test-$$; " + READY)
                .file("worker", "user", "nobody\n")
                .executable("worker", "finish", "id -un >/dev/shm/reeve-test-finish-$4");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady("worker").pid();

            assertTrue(statusOf(pid, "Uid").startsWith(idOfNobody()), statusOf(pid, "Uid"));
            assertEquals("0000000000000000", statusOf(pid, "CapEff"));
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            daemon.await("worker", status -> status.restarts() == 1 && status.ready());
            Path told = Path.of("/dev/shm/reeve-test-finish-" + pid);
            assertEquals("nobody", Files.readString(told).strip());
            Files.delete(told);
        } finally {
            try (var left = Files.newDirectoryStream(Path.of("/dev/shm"), "reeve-test-*")) {
                for (Path file : left) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void umaskNicenessOomScoreAndLimitsAreSet() throws IOException {
        service("worker", "sh -c 'ulimit -Sn; ulimit -Hc' >limits.seen; " + READY)
                .file("worker", "umask", "027\n")
                .file("worker", "nice", "5\n")
                .file("worker", "oom-score", "300\n")
                .directory("worker", "limits")
                .file("worker", "limits/nofile", "100:200\n")
                .file("worker", "limits/c", "0\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady("worker").pid();

            assertEquals("0027", statusOf(pid, "Umask"));
            assertEquals("100\n0\n", Files.readString(services.path("worker", "limits.seen")));
            assertEquals(
                    "300",
                    Files.readString(process(pid).resolve("oom_score_adj")).strip());
            String stat = Files.readString(process(pid).resolve("stat"));
            assertEquals("5", stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
        }
    }

    @Test
    void theEnvdirSetsAndUnsetsVariables() throws IOException {
        service("worker", "env >environment.seen; " + READY)
                .directory("worker", "env")
                .file("worker", "env/GREETING", "good day  \nnot this\n")
                .file("worker", "env/HOME", "")
                .file("worker", "env/LINES", "one\0two\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("worker");

            List<String> seen = Files.readAllLines(services.path("worker", "environment.seen"));
            assertTrue(seen.contains("GREETING=good day"), seen::toString);
            assertTrue(seen.contains("LINES=one") && seen.contains("two"), seen::toString);
            assertTrue(seen.stream().noneMatch(line -> line.startsWith("HOME=")), seen::toString);
        }
    }

    @Test
    void anotherWorkingDirectoryIsEntered() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        service("worker", "pwd >seen; " + READY).file("worker", "working-directory", elsewhere + "\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("worker");

            assertEquals(
                    elsewhere.toRealPath().toString(),
                    Files.readString(elsewhere.resolve("seen")).strip());
        }
    }

    @Test
    void aPidNamespaceOfItsOwnHasRunAsItsFirstProcess() throws IOException {
        needsRoot();
        service("worker", "echo $$ >seen; " + READY).file("worker", "flag-newpidns", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady("worker").pid();

            assertEquals("1", Files.readString(services.path("worker", "seen")).strip());
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            daemon.await("worker", status -> status.restarts() == 1 && status.ready());
        }
    }

    @Test
    void aLockIsHeldByTheProcessAndAHeldOneKeepsAnotherFromStarting() throws IOException {
        service("worker", "sleep 1000 & echo $! >child; " + READY).file("worker", "lock-fd", "4\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady("worker").pid();
            long child = Long.parseLong(
                    Files.readString(services.path("worker", "child")).strip());
            assertEquals(
                    services.path("worker", "supervise/service-lock").toRealPath(),
                    process(pid).resolve("fd/4").toRealPath());

            // The child that it leaves behind has inherited the lock.
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            ServiceStatus waiting = daemon.await(
                    "worker", status -> status.phase() == ServicePhase.BACKING_OFF && status.reason() != null);
            assertTrue(waiting.reason().startsWith("lock-fd: another process holds supervise/service-lock"));

            ProcessHandle.of(child).orElseThrow().destroyForcibly();
            daemon.awaitReady("worker");
        }
    }

    @Test
    void whatCannotBeDoneIsSaid() throws IOException {
        service("stranger", READY).file("stranger", "user", "no-such-account\n");
        service("nowhere", READY).file("nowhere", "working-directory", "/no/such/directory\n");
        service("clash", READY).file("clash", "lock-fd", "3\n");
        service("illegible", READY).directory("illegible", "user");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            assertEquals("user: this machine has no account no-such-account", reason(daemon, "stranger"));
            assertEquals(
                    "working-directory: open /no/such/directory: No such file or directory (ENOENT)",
                    reason(daemon, "nowhere"));
            assertEquals("lock-fd and notification-fd are both 3; change one of them", reason(daemon, "clash"));
            assertEquals(
                    "user: cannot be read (read user: Is a directory (EISDIR)); the service is not started without it",
                    reason(daemon, "illegible"));
        }
    }

    private ServiceDirectories service(String name, String script) {
        return services.service(name, script).file(name, "notification-fd", "3\n");
    }

    private static String reason(RunningDaemon daemon, String service) {
        return daemon.await(service, status -> status.reason() != null).reason();
    }

    private static void needsRoot() {
        assumeTrue(System.getProperty("user.name").equals("root"), "this needs root: run the tests as root");
    }

    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path process(int pid) {
        return Path.of("/proc", Integer.toString(pid));
    }

    private static String statusOf(int pid, String name) throws IOException {
        return Files.readString(process(pid).resolve("status"))
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    private static String idOfNobody() throws IOException {
        return Files.readAllLines(Path.of("/etc/passwd")).stream()
                .filter(line -> line.startsWith("nobody:"))
                .map(line -> line.split(":")[2])
                .findFirst()
                .orElseThrow();
    }
}
