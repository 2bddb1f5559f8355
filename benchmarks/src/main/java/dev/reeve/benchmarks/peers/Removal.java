package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Takes a directory away with all that stands in it: the processes, and then the files. Bounded in time.
final class Removal {
    private static final Duration TIME_MAX = Duration.ofMinutes(1);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int SWEEPS_MAX = 20;

    private Removal() {}

    /// Says so if some of it is left.
    static void remove(Path directory) {
        remove(directory, TIME_MAX);
    }

    static void remove(Path directory, Duration timeMax) {
        long until = System.nanoTime() + timeMax.toNanos();
        String why = "it takes more than " + timeMax.toSeconds() + " seconds";
        do {
            killAllIn(directory);
            try {
                Files.walkFileTree(directory, new Deleting(until));
            } catch (IOException e) {
                // Perhaps somebody made a file before the end.
                why = e.toString();
                LockSupport.parkNanos(RETRY_NANOS);
            }
        } while (Files.exists(directory) && System.nanoTime() < until);
        if (Files.exists(directory)) {
            Watchdog.say("left behind, to be removed by rm -r " + directory + " (" + why + ")");
        }
    }

    static void killAllIn(Path directory) {
        for (int sweep = 0; sweep < SWEEPS_MAX; sweep++) {
            List<ProcessHandle> ours = standingIn(directory);
            if (ours.isEmpty()) {
                return;
            }
            ours.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /// Every process whose current directory this is, or one below: supervisors are started in that of their stage, and
    /// what they start stands in the directories of the services.
    static List<ProcessHandle> standingIn(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> standsIn(process, directory))
                .toList();
    }

    private static boolean standsIn(ProcessHandle process, Path directory) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .startsWith(directory);
        } catch (IOException _) {
            // It ended meanwhile, or is another user's, or a kernel thread.
            return false;
        }
    }

    /// Keeps no list of what there is: that may be more than this JVM has memory for.
    private static final class Deleting extends SimpleFileVisitor<Path> {
        private final long until;

        Deleting(long until) {
            this.until = until;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            return delete(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            return delete(directory);
        }

        private FileVisitResult delete(Path file) throws IOException {
            Files.deleteIfExists(file);
            return System.nanoTime() < until ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }
    }
}
