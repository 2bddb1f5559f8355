package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A memory cgroup of either version, for one supervisor and all that it starts: what the kernel holds for them (slab,
/// stacks, page tables, files in memory), whatever else goes on.
final class MemoryGroup implements AutoCloseable {
    private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/memory");
    private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");
    private static final long EMPTYING_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
    private static final double BYTES_A_MEBI = 1 << 20;

    private final Path group;
    private final Path home;

    /// Makes it; IOException if this process may not.
    MemoryGroup(String name) throws IOException {
        Path root = isVersion1() ? VERSION_1 : VERSION_2;
        group = Files.createDirectory(root.resolve(name));
        home = root.resolve(ownPath());
    }

    /// Whether this process may make one.
    static boolean isPossible() {
        return isVersion1()
                ? Files.isWritable(VERSION_1)
                : Files.isWritable(VERSION_2) && Files.exists(VERSION_2.resolve("memory.stat"));
    }

    /// From now on what this process starts belongs to it.
    void enter() throws IOException {
        move(group);
    }

    void leave() throws IOException {
        move(home);
    }

    /// Files on tmpfs are among it: nothing but their removal gives their pages back.
    double kernelMebibytes() throws IOException {
        long bytes = statistic("shmem")
                + (isVersion1()
                        ? Long.parseLong(Files.readString(group.resolve("memory.kmem.usage_in_bytes"))
                                .strip())
                        : statistic("kernel"));
        return bytes / BYTES_A_MEBI;
    }

    private long statistic(String name) throws IOException {
        try (Stream<String> lines = Files.lines(group.resolve("memory.stat"))) {
            return lines.filter(line -> line.startsWith(name + " "))
                    .mapToLong(line -> Long.parseLong(line.split(" ", 2)[1]))
                    .findFirst()
                    .orElseThrow(() -> new IOException("memory.stat has no " + name + ": it needs Linux 5.18"));
        }
    }

    /// Removes it; whoever was in it has been killed.
    @Override
    public void close() throws IOException {
        remove(group);
    }

    /// Removes all whose name begins like this.
    static void removeAll(String prefix) throws IOException {
        try (Stream<Path> groups = Files.list(isVersion1() ? VERSION_1 : VERSION_2)) {
            for (Path group : groups.filter(one -> one.getFileName().toString().startsWith(prefix))
                    .toList()) {
                remove(group);
            }
        }
    }

    /// It is busy for as long as those that were killed take to end.
    private static void remove(Path group) throws IOException {
        long until = System.nanoTime() + EMPTYING_NANOS_MAX;
        while (Files.exists(group)) {
            try {
                Files.delete(group);
            } catch (IOException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    private static boolean isVersion1() {
        return Files.exists(VERSION_1.resolve("memory.kmem.usage_in_bytes"));
    }

    private static void move(Path to) throws IOException {
        Files.writeString(
                to.resolve("cgroup.procs"),
                Long.toString(ProcessHandle.current().pid()));
    }

    /// Where this process is now, relative to the root.
    private static String ownPath() throws IOException {
        String hierarchy = isVersion1() ? ":memory:/" : "0::/";
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/cgroup"))) {
            return lines.filter(line -> line.contains(hierarchy))
                    .map(line -> line.substring(line.indexOf(hierarchy) + hierarchy.length()))
                    .findFirst()
                    .orElse("");
        }
    }
}
