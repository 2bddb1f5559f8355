package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What /proc says of a supervisor's own processes, the services themselves left out.
record SupervisingProcesses(List<ProcessHandle> processes) {
    /// Names of a JVM's own threads begin like this, as the kernel has them. All others are the program's.
    private static final Set<String> JVMS_OWN = Set.of(
            "VM ",
            "GC ",
            "C1 ",
            "C2 ",
            "Signal Dispatch",
            "Service Thread",
            "Monitor Deflati",
            "Reference Handl",
            "Finalizer",
            "Common-Cleaner",
            "Notification Th",
            "Attach Listener",
            "StringDedup");

    /// The serial collector works on this one.
    private static final String COLLECTOR = "VM Thread";

    private static final Duration IDLE_STEP = Duration.ofMillis(200);
    private static final Duration IDLE_WAIT_MAX = Duration.ofSeconds(10);

    private static final String PROPORTIONAL = "Pss:";
    private static final String RESIDENT = "Rss:";

    /// What they have of memory, in KiB: each page by the share of those who have it. But who measures is a JVM,
    /// too, and must not make another look smaller: what that has of the same files counts in full.
    long proportionalKibibytes() throws IOException {
        String measurersJava = Path.of(System.getProperty("java.home")).toRealPath() + "/";
        long sum = 0;
        for (ProcessHandle process : processes) {
            boolean isShared = false;
            for (String line : linesIfAlive(proc(process).resolve("smaps"))) {
                if (line.startsWith(isShared ? RESIDENT : PROPORTIONAL)) {
                    sum += number(line);
                } else if (isMapping(line)) {
                    isShared = line.contains(measurersJava);
                }
            }
        }
        return sum;
    }

    /// How often each thread has begun to wait.
    record Waits(Map<ThreadId, Long> ofThreads) {

        /// `isJvms` tells those of the JVM from those of the program that runs on it.
        record ThreadId(String number, boolean isJvms) {}

        /// Threads that have gone since then are left out, and what those began that have come since then counts
        /// in full: so it is never less than nothing.
        Waits since(Waits before) {
            Map<ThreadId, Long> since = new HashMap<>();
            ofThreads.forEach((thread, waits) ->
                    since.put(thread, Math.max(0, waits - before.ofThreads.getOrDefault(thread, 0L))));
            return new Waits(since);
        }

        long own() {
            return sum(false);
        }

        long jvms() {
            return sum(true);
        }

        private long sum(boolean ofJvms) {
            return ofThreads.entrySet().stream()
                    .filter(thread -> thread.getKey().isJvms() == ofJvms)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    Waits waits() throws IOException {
        Map<Waits.ThreadId, Long> waits = new HashMap<>();
        for (Path thread : threads()) {
            try {
                boolean isJvms = isJvms(Files.readString(thread.resolve("comm")));
                waits.put(new Waits.ThreadId(thread.getFileName().toString(), isJvms), waitsOf(thread));
            } catch (NoSuchFileException _) {
                // It has gone meanwhile.
            }
        }
        return new Waits(waits);
    }

    /// How long the threads that collect garbage could have run and had no processor, in all, in nanoseconds. A
    /// pause that was long for this reason is the machine's.
    long collectorWithoutProcessor() throws IOException {
        return sumOfSchedstat(1, name -> name.startsWith(COLLECTOR));
    }

    /// Waits until they leave the processors alone, or as long as can be borne.
    void awaitIdle() throws IOException, InterruptedException {
        long until = System.nanoTime() + IDLE_WAIT_MAX.toNanos();
        long before;
        long now = processorNanos();
        do {
            before = now;
            Thread.sleep(IDLE_STEP);
            now = processorNanos();
        } while (now - before > IDLE_STEP.toNanos() / 50 && System.nanoTime() < until);
    }

    private long processorNanos() throws IOException {
        return sumOfSchedstat(0, _ -> true);
    }

    /// Of /proc/PID/task/TID/schedstat: 0 is the time with a processor, 1 the time without one that was wanted.
    private long sumOfSchedstat(int field, Predicate<String> isWanted) throws IOException {
        long nanos = 0;
        for (Path thread : threads()) {
            try {
                if (isWanted.test(Files.readString(thread.resolve("comm")))) {
                    String[] figures =
                            Files.readString(thread.resolve("schedstat")).split(" ", -1);
                    nanos += Long.parseLong(figures[field]);
                }
            } catch (NoSuchFileException _) {
                // It has gone meanwhile.
            }
        }
        return nanos;
    }

    private List<Path> threads() throws IOException {
        List<Path> threads = new ArrayList<>();
        for (ProcessHandle process : processes) {
            try (Stream<Path> ofProcess = Files.list(proc(process).resolve("task"))) {
                ofProcess.forEach(threads::add);
            } catch (NoSuchFileException _) {
                // It has gone meanwhile.
            }
        }
        return threads;
    }

    /// None if the process has gone meanwhile, which may be before it is opened or while it is read.
    private static List<String> linesIfAlive(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            if (Files.exists(file)) {
                throw e;
            }
            return List.of();
        }
    }

    private static boolean isJvms(String thread) {
        return JVMS_OWN.stream().anyMatch(thread::startsWith);
    }

    private static long waitsOf(Path thread) throws IOException {
        return Files.readAllLines(thread.resolve("status")).stream()
                .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                .mapToLong(SupervisingProcesses::number)
                .sum();
    }

    /// A line that begins a mapping begins with its addresses.
    private static boolean isMapping(String line) {
        return line.indexOf('-') > 0
                && Character.digit(line.charAt(0), 16) >= 0
                && line.indexOf(':') > line.indexOf(' ');
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }

    private static Path proc(ProcessHandle process) {
        return Path.of("/proc", Long.toString(process.pid()));
    }
}
