package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kernel holds for the tables of descriptors that processes keep. A child begins with a copy of its parent's,
/// as large as that has ever had to be, so this is not the service's own doing.
final class DescriptorTables {
    private static final String SIZE = "FDSize:";

    /// So many lie in the kernel's structure for a process itself.
    private static final int BUILT_IN = 64;

    private static final int BITMAPS = 3;
    private static final double BYTES_A_MEBI = 1 << 20;

    private DescriptorTables() {}

    static double mebibytes(Iterable<ProcessHandle> processes) throws IOException {
        long bytes = 0;
        for (ProcessHandle process : processes) {
            Path status = Path.of("/proc", Long.toString(process.pid()), "status");
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(SIZE)) {
                    bytes +=
                            bytes(Integer.parseInt(line.substring(SIZE.length()).strip()));
                }
            }
        }
        return bytes / BYTES_A_MEBI;
    }

    /// A pointer for each, and three bits; the allocator gives powers of two.
    static long bytes(int descriptors) {
        if (descriptors <= BUILT_IN) {
            return 0;
        }
        return roundedUp((long) descriptors * Long.BYTES) + roundedUp((long) descriptors * BITMAPS / Byte.SIZE);
    }

    private static long roundedUp(long bytes) {
        long highest = Long.highestOneBit(bytes);
        return highest == bytes ? bytes : 2 * highest;
    }
}
