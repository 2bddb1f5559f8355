package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the kernel itself uses on behalf of processes, on the whole machine: other work on it shows, too.
final class KernelMemory {
    private static final List<String> PARTS = List.of("Slab:", "KernelStack:", "PageTables:");

    private KernelMemory() {}

    static long kibibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> PARTS.stream().anyMatch(line::startsWith))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }
}
