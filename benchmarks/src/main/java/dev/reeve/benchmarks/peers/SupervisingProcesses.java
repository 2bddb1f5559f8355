package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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

    private static final String PROPORTIONAL = "Pss:";
    private static final String RESIDENT = "Rss:";

    /// What they have of memory, in KiB: each page by the share of those who have it. But who measures is a JVM,
    /// too, and must not make another look smaller: what that has of the same files counts in full.
    long proportionalKibibytes() throws IOException {
        String measurersJava = Path.of(System.getProperty("java.home")).toRealPath() + "/";
        long sum = 0;
        for (ProcessHandle process : processes) {
            boolean isShared = false;
            for (String line : Files.readAllLines(proc(process).resolve("smaps"))) {
                if (line.startsWith(isShared ? RESIDENT : PROPORTIONAL)) {
                    sum += number(line);
                } else if (isMapping(line)) {
                    isShared = line.contains(measurersJava);
                }
            }
        }
        return sum;
    }

    /// How often threads have begun to wait: those of the program, and those of the JVM that it runs on.
    record Waits(long own, long jvms) {
        Waits since(Waits before) {
            return new Waits(own - before.own, jvms - before.jvms);
        }
    }

    Waits waits() throws IOException {
        long own = 0;
        long jvms = 0;
        for (ProcessHandle process : processes) {
            try (Stream<Path> threads = Files.list(proc(process).resolve("task"))) {
                for (Path thread : threads.toList()) {
                    long waits = waitsOf(thread);
                    if (isJvms(Files.readString(thread.resolve("comm")))) {
                        jvms += waits;
                    } else {
                        own += waits;
                    }
                }
            }
        }
        return new Waits(own, jvms);
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
