package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class InotifyKernelTest {
    private final LinuxKernel kernel = new LinuxKernel();
    private final Told told = new Told();

    @TempDir
    private Path directory;

    @Test
    void changesOfADirectoryAreToldByWatchAndName() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        try (RunningLoop running = new RunningLoop()) {
            Inotify inotify = new Inotify(kernel, told);
            running.watch(inotify);
            int first = inotify.watchDirectory(directory.toString());
            int second = inotify.watchDirectory(other.toString());
            Files.createDirectory(directory.resolve("made"));
            Files.createSymbolicLink(directory.resolve("link-ü"), other);
            Files.createFile(other.resolve("run"));
            Files.move(directory.resolve("made"), other.resolve("moved"));
            Files.delete(other.resolve("moved"));
            running.runWhatIsReady();
            assertEquals(
                    List.of(
                            first + " MADE made",
                            first + " ARRIVED link-ü",
                            second + " ARRIVED run",
                            second + " CHANGED run",
                            first + " LEFT made",
                            second + " ARRIVED moved",
                            second + " LEFT moved"),
                    told.lines);
        }
    }

    @Test
    void theEndOfADirectoryIsAChangeWithoutAName() throws Exception {
        Path gone = Files.createDirectory(directory.resolve("gone"));
        try (RunningLoop running = new RunningLoop()) {
            Inotify inotify = new Inotify(kernel, told);
            running.watch(inotify);
            int watch = inotify.watchDirectory(gone.toString());
            Files.delete(gone);
            running.runWhatIsReady();
            assertTrue(told.lines.contains(watch + " ITSELF_LEFT "), told.lines::toString);
        }
    }

    @Test
    void aDirectoryThatIsWatchedNoMoreIsSilent() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Inotify inotify = new Inotify(kernel, told);
            running.watch(inotify);
            int watch = inotify.watchDirectory(directory.toString());
            inotify.unwatchDirectory(watch);
            inotify.unwatchDirectory(watch);
            Files.createDirectory(directory.resolve("made"));
            running.runWhatIsReady();
            assertEquals(List.of(watch + " ITSELF_LEFT "), told.lines);
        }
    }

    @Test
    void changesThatWereLostAreAnOverflow() throws Exception {
        // Files.readString would ask for one byte first, after which a sysctl's file is at its end.
        int queued = Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/fs/inotify/max_queued_events"))
                .getFirst());
        assumeTrue(queued <= 100_000, "too many changes to make");
        try (RunningLoop running = new RunningLoop()) {
            Inotify inotify = new Inotify(kernel, told);
            inotify.watchDirectory(directory.toString());
            Path entry = directory.resolve("entry");
            for (int i = 0; i <= queued; i += 2) {
                Files.createDirectory(entry);
                Files.delete(entry);
            }
            running.watch(inotify);
            running.runUntil(() -> told.lines.contains("-1 LOST "));
            assertEquals("-1 LOST ", told.lines.getLast(), () -> "of " + told.lines.size());
        }
    }

    @Test
    void onlyADirectoryIsWatched() throws Exception {
        Inotify inotify = new Inotify(kernel, told);
        Path file = Files.createFile(directory.resolve("file"));
        assertEquals(Errno.ENOTDIR, errnoOfWatching(inotify, file));
        assertEquals(Errno.ENOENT, errnoOfWatching(inotify, directory.resolve("missing")));
        inotify.close();
        assertThrows(IllegalStateException.class, () -> inotify.watchDirectory(directory.toString()));
    }

    private static int errnoOfWatching(Inotify inotify, Path path) {
        return assertThrows(ErrnoException.class, () -> inotify.watchDirectory(path.toString()))
                .errno();
    }

    @Test
    void oneThatCannotBeReadIsClosedAndSaysSo() throws Exception {
        Inotify inotify = new Inotify(FailingKernel.at("readInotify", Errno.EIO), told);
        inotify.onReadable();
        assertTrue(inotify.isClosed());
        assertEquals(Errno.EIO, told.errno());
    }
}
