package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A control group of its own for a daemon and all that it starts (cgroups(7)), of either version; removed at the end.
record ControlGroup(Path directory, String limitFile) implements AutoCloseable {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    /// One in which there may be so many tasks, threads included. Skips the test where none can be had.
    static ControlGroup ofTasks() {
        return of("pids", "pids.max", "pids.max");
    }

    /// One in which there may be so many bytes. Skips the test where none can be had.
    static ControlGroup ofMemory() {
        return of("memory", "memory.limit_in_bytes", "memory.max");
    }

    private static ControlGroup of(String controller, String limitFileOfOne, String limitFileOfTwo) {
        String name = "reeve-" + UUID.randomUUID();
        Optional<ControlGroup> group = Stream.of(
                        new ControlGroup(ROOT.resolve(controller).resolve(name), limitFileOfOne),
                        new ControlGroup(ROOT.resolve(name), limitFileOfTwo))
                .filter(ControlGroup::isMade)
                .findFirst();
        Assumptions.assumeTrue(
                group.isPresent(), "no control group with " + limitFileOfTwo + " can be made here: run it as root");
        return group.orElseThrow();
    }

    void limit(String limit) {
        try {
            Files.writeString(directory.resolve(limitFile), limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A command that executes, within the group, the command that follows.
    List<String> prefix() {
        return List.of("sh", "-c", "echo $$ >" + directory.resolve("cgroup.procs") + "; exec \"$0\" \"$@\"");
    }

    @Override
    public void close() {
        limit(limitFile.equals("memory.limit_in_bytes") ? "-1" : "max");
        // A process that was killed leaves its group some time after.
        await().atMost(RunningDaemon.PATIENCE).until(() -> {
            try {
                Files.delete(directory);
                return true;
            } catch (IOException _) {
                return false;
            }
        });
    }

    private boolean isMade() {
        if (!Files.isDirectory(directory.getParent())) {
            return false;
        }
        try {
            Files.createDirectory(directory);
            if (Files.isWritable(directory.resolve(limitFile))) {
                return true;
            }
            Files.delete(directory);
        } catch (IOException _) {
            // Not allowed to, or read-only.
        }
        return false;
    }
}
