package dev.reeve.daemon.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.bridge.EpollLoop;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.log.NotedLog;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scan directory changes at the very moment when it is read: real directories and a real inotify, and errands that
/// begin and come home when the test says so.
class ScanDirectoryKernelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path path;

    private final Kernel kernel = new LinuxKernel();
    private final Queue<Errand> errands = new ArrayDeque<>();
    private final List<String> found = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private EpollLoop loop;
    private ScanDirectory scanDirectory;
    private boolean broken;

    @BeforeEach
    void aWatchedDirectory() throws ErrnoException {
        loop = new EpollLoop((handle, cause) -> {
            throw new AssertionError(handle.toString(), cause);
        });
        Log noted = new NotedLog(log);
        SpawnSupplies supplies = new SpawnSupplies(
                kernel,
                new DescriptorLimit(kernel, noted),
                List.of(),
                noted,
                new NotifySockets(kernel, path.toString(), () -> true));
        scanDirectory = new ScanDirectory(
                ScanSettings.of(path.toString()),
                supplies,
                new HeldErrands(),
                new ServiceTable(kernel),
                new NotedFacts());
        scanDirectory.watch(loop, now());
        settle();
    }

    @AfterEach
    void nothingWentWrong() {
        loop.close();
        assertEquals(List.of(), log);
    }

    @Test
    void whatIsMadeWhileTheDirectoryIsReadIsNotTakenHalfMade() throws IOException {
        Runnable home = readWhile(() -> Files.createDirectory(path.resolve("half")));
        home.run();
        assertEquals(List.of("whole"), found);

        Files.createFile(path.resolve("half/down"));
        putRun("half");
        settleUntilFound("half");
        assertEquals(List.of("whole", "half, down"), found);
    }

    @Test
    void whatIsMadeAndRemovedWhileTheDirectoryIsReadIsNotTaken() throws IOException {
        Path brief = path.resolve("brief");
        Runnable home = readWhile(() -> Files.createDirectory(brief));
        Files.delete(brief);
        home.run();
        assertEquals(List.of("whole"), found);
    }

    @Test
    void whatIsMadeWhileChangesAreLostIsNotTakenHalfMade() throws IOException {
        int queued = queuedEventsMax();
        assumeTrue(queued <= 100_000, "too many changes to make");
        Runnable home = readWhile(() -> {
            for (int i = 0; i <= queued; i += 2) {
                Files.createFile(path.resolve("file"));
                Files.delete(path.resolve("file"));
            }
            Files.createDirectory(path.resolve("half"));
        });
        home.run();
        assertEquals(List.of(), found);

        Files.createFile(path.resolve("half/down"));
        putRun("half");
        settleUntilFound("half");
        settleUntilFound("whole");
        found.sort(null);
        assertEquals(List.of("half, down", "whole"), found);
    }

    @Test
    void anErrorOfOurOwnWhileAScanIsTakenUpEndsNoScanning() throws IOException {
        Runnable home = readWhile(() -> {});
        broken = true;
        assertThrows(IllegalStateException.class, home::run);
        broken = false;
        assertTrue(log.removeFirst().contains("internal error"));

        Path elsewhere = Files.createTempDirectory(path, ".elsewhere");
        putRun(elsewhere.getFileName().toString());
        Files.move(elsewhere, path.resolve("later"));
        settleUntilFound("later");
        assertEquals(List.of("later"), found);
    }

    /// Something arrives, so that the directory is to be read; when that has been ordered, more happens.
    private Runnable readWhile(Doing doing) throws IOException {
        Path elsewhere = Files.createTempDirectory(path, ".elsewhere");
        putRun(elsewhere.getFileName().toString());
        Files.move(elsewhere, path.resolve("whole"));
        await().atMost(PATIENCE).pollInSameThread().until(() -> {
            turn();
            return !errands.isEmpty();
        });
        doing.done();

        return errands.remove().run();
    }

    private void settleUntilFound(String name) {
        await().atMost(PATIENCE).pollInSameThread().until(() -> {
            settle();
            return found.stream().anyMatch(it -> it.startsWith(name));
        });
    }

    private void settle() {
        turn();
        while (!errands.isEmpty()) {
            errands.remove().run().run();
            turn();
        }
    }

    private void turn() {
        loop.await(0);
        scanDirectory.check(now());
    }

    private void putRun(String service) throws IOException {
        Path run = path.resolve(service).resolve("run");
        Files.writeString(run, "#!/bin/sh\n");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static int queuedEventsMax() throws IOException {
        // Files.readString would ask for one byte first, after which a sysctl's file is at its end.
        return Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/fs/inotify/max_queued_events"))
                .getFirst());
    }

    private Moment now() {
        return new Moment(kernel.monotonicNanos());
    }

    private interface Doing {
        void done() throws IOException;
    }

    private final class HeldErrands implements Spawners {
        @Override
        public void submit(Errand errand, Moment now) {
            errands.add(errand);
        }

        @Override
        public void submitAside(Moment due, Errand errand, Moment now) {
            throw new AssertionError("reading a directory is never put off");
        }

        @Override
        public void mention(Runnable fact) {
            throw new AssertionError("nothing mentions anything");
        }

        @Override
        public Moment nextCheck() {
            return Moment.NEVER;
        }

        @Override
        public void check(Moment now) {}
    }

    private final class NotedFacts implements ProcessFacts {
        @Override
        public void found(ServiceName name, boolean startsDown) {
            if (broken) {
                throw new IllegalStateException("an error of our own");
            }
            found.add(name + (startsDown ? ", down" : ""));
        }

        @Override
        public void happened(ServiceName name, ServiceEvent event) {
            throw new AssertionError(name + ": " + event);
        }

        @Override
        public void vanished(ServiceName name, boolean loggerToo) {
            throw new AssertionError(name + " is not gone");
        }

        @Override
        public void retaken(ServiceName name, boolean startsDown) {
            throw new AssertionError(name + " was never given back");
        }

        @Override
        public void renamed(Map<ServiceName, ServiceName> names) {
            throw new AssertionError(names + " are not renamed");
        }
    }
}
