package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What the figures were taken on, in a line for people.
final class Machine {
    private Machine() {}

    /// `place` is where what is measured has its files.
    static String words(Path place) throws IOException {
        String processor = field("/proc/cpuinfo", "model name");
        String memory = field("/proc/meminfo", "MemTotal");
        return "%d x %s, %s, Linux %s, Java %s; files on %s (%s); load average before %.1f"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor,
                        memory,
                        System.getProperty("os.version"),
                        Runtime.version(),
                        Files.getFileStore(place).type(),
                        place,
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /// Whether on average of the last minute a processor and more was wanted by others.
    static boolean isBusy() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() >= 1;
    }

    /// What a process may open.
    static int descriptorsMax() throws IOException {
        String limits = line("/proc/self/limits", "Max open files");
        String[] words = limits.strip().split(" +");
        return Integer.parseInt(words[words.length - 2]);
    }

    /// The versions of the Debian packages among these that are installed.
    static String versions(List<String> packages) throws IOException {
        if (!Commands.exist("dpkg-query")) {
            return "";
        }
        return Commands.output(
                        Stream.concat(Stream.of("dpkg-query", "-W", "-f", "${Package} ${Version}  "), packages.stream())
                                .toList())
                .strip();
    }

    private static String field(String file, String name) throws IOException {
        String line = line(file, name);
        return line.substring(line.indexOf(':') + 1).strip();
    }

    private static String line(String file, String beginning) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(beginning)).findFirst().orElse("unknown " + beginning);
        }
    }
}
