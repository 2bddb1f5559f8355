package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.protocol.ServicePhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever owns a service directory, and whoever can write beside the daemon, gets no more than that service: root
/// makes and changes nothing elsewhere for them, and the daemon is as quick as before.
class HostileServiceScenarioTest {
    private static final int NOBODY = 65534;

    @TempDir
    Path directory;

    private ServiceDirectories services;
    private Path outside;

    @BeforeEach
    void somethingOutside() throws IOException {
        services = ServiceDirectories.in(directory).service("steady", "exec sleep 1000");
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "kept\n");
        Path logger = Files.createDirectory(outside.resolve("logger"));
        Files.writeString(logger.resolve("run"), "#!/bin/sh\nexec cat\n");
        Files.setPosixFilePermissions(
                logger.resolve("run"), java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void outsideIsAsItWas() throws IOException {
        assertEquals("kept\n", Files.readString(outside.resolve("secret")));
    }

    @Test
    void symlinksPlantedInAServiceDirectoryLeadNowhere() throws IOException {
        assumeTrue(isRoot(), "who owns nothing has nothing to plant: run the tests as root");
        plantEverywhere();
        Map<String, String> before = everythingOutside();
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            assertSteady(daemon, "lock-file", "lock-over");
            assertTrue(
                    daemon.log().contains("lock-directory is passed over: supervise is a symlink of user " + NOBODY),
                    daemon.log());
        }
        assertEquals(before, everythingOutside());
    }

    @Test
    void thatIsSoWithoutS6sFilesToo() throws IOException {
        plantEverywhere();
        Map<String, String> before = everythingOutside();
        try (RunningDaemon daemon = RunningDaemon.on(services, "--no-s6-files")) {
            assertSteady(daemon, "lock-directory", "lock-file", "lock-over");
        }
        assertEquals(before, everythingOutside());
    }

    private void plantEverywhere() throws IOException {
        plant("lock-directory", "supervise", outside);
        services.file("lock-directory", "lock-fd", "4\n");
        plant("lock-file", "supervise/service-lock", outside.resolve("made-by-root"));
        services.file("lock-file", "lock-fd", "4\n");
        plant("lock-over", "supervise/service-lock", outside.resolve("secret"));
        services.file("lock-over", "lock-fd", "4\n");
        plant("environment", "env", outside);
        plant("logged", "log", outside.resolve("logger"));
    }

    private static void assertSteady(RunningDaemon daemon, String... cannotLock) {
        for (String name : cannotLock) {
            String reason = daemon.await(name, status -> status.phase() == ServicePhase.BACKING_OFF)
                    .reason();
            assertTrue(reason.startsWith("lock-fd: "), reason);
        }
        daemon.awaitReady("environment");
        daemon.awaitReady("logged");
        daemon.awaitReady("steady");
    }

    @Test
    void aServiceThatFloodsItsReadinessPipeIsNotListenedToAnyMore() throws IOException {
        services.service("flood", "cat /dev/zero >&3; exec sleep 1000").file("flood", "notification-fd", "3\n");

        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.await("flood", status -> status.pid() != null).pid();
            await("the flood has nobody to go to")
                    .atMost(RunningDaemon.PATIENCE)
                    .until(() -> Files.readString(Path.of("/proc", Integer.toString(pid), "comm"))
                            .equals("sleep\n"));
            assertEquals(ServicePhase.STARTING, daemon.status("flood").phase());
            daemon.awaitReady("steady");
            await("the log tells of it")
                    .atMost(RunningDaemon.PATIENCE)
                    .until(() -> daemon.log().contains("bytes to its notification-fd and no newline"));
        }
    }

    @Test
    void nobodyAttachesToTheJvm() throws Exception {
        try (RunningDaemon daemon = RunningDaemon.on(services, "--no-s6-files")) {
            Path cue = Path.of("/proc", Long.toString(daemon.pid()), "cwd")
                    .toRealPath()
                    .resolve(".attach_pid" + daemon.pid());
            Files.createFile(cue);
            try {
                daemon.signal("QUIT");
                await("the signal has arrived")
                        .atMost(RunningDaemon.PATIENCE)
                        .until(() -> daemon.log().contains("SIGQUIT has arrived"));
                assertFalse(Files.exists(Path.of("/tmp", ".java_pid" + daemon.pid())));
                assertFalse(daemon.log().contains("Full thread dump"), daemon::log);
                daemon.awaitReady("steady");
            } finally {
                Files.delete(cue);
            }
        }
    }

    /// A service with a symlink in it, all of it nobody's where we may give it away.
    private void plant(String service, String name, Path target) throws IOException {
        services.service(service, "exec sleep 1000");
        Path link = services.path(service, name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, target);
        if (isRoot()) {
            try (Stream<Path> files = Files.walk(services.directory().resolve(service))) {
                for (Path file : files.toList()) {
                    Files.setAttribute(file, "unix:uid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /// Every file, with what a write to it would change.
    private Map<String, String> everythingOutside() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(outside)) {
            for (Path file : files.toList()) {
                found.put(
                        file.toString(),
                        Files.readAttributes(file, "unix:ctime,size,mode,uid").toString());
            }
        }
        return found;
    }
}
