package dev.reeve.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReeveTreeTest {
    @Test
    void pausesAndWhatCameBeforeAreFoundInTheCollectorsLog(@TempDir Path directory) throws IOException {
        Path log = Files.writeString(directory.resolve("collector.log"), """
                [0.005s][info][gc] Using Serial
                [0.234s][info][gc       ] GC(0) Pause Young (Allocation Failure) 9M->2M(30M) 3.601ms
                [0.234s][info][safepoint] Safepoint "SerialCollectForAllocation", Time since last: 827585768 ns, \
                Reaching safepoint: 2244 ns, At safepoint: 3615764 ns, Leaving safepoint: 2453 ns, Total: 3620461 ns
                [0.300s][info][safepoint] Safepoint "Deoptimize", Time since last: 827585768 ns, \
                Reaching safepoint: 9999 ns, At safepoint: 9115764 ns, Leaving safepoint: 2453 ns, Total: 9120461 ns
                [0.366s][info][gc       ] GC(1) Pause Full (System.gc()) 11M->3M(30M) 15.768ms
                [0.366s][info][safepoint] Safepoint "SerialFullGC", Time since last: 1115764 ns, \
                Reaching safepoint: 1500000 ns, At safepoint: 15800000 ns, Leaving safepoint: 2453 ns
                """);

        assertEquals(List.of(3.601, 15.768), ReeveTree.pauses(log));
        assertEquals(List.of(0.002244, 1.5), ReeveTree.stoppings(log));
    }
}
