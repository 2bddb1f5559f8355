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
    void pausesAreFoundInTheCollectorsLog(@TempDir Path directory) throws IOException {
        Path log = Files.writeString(directory.resolve("collector.log"), """
                [0.005s][info][gc] Using Serial
                [0.234s][info][gc] GC(0) Pause Young (Allocation Failure) 9M->2M(30M) 3.601ms
                [0.366s][info][gc] GC(1) Pause Full (System.gc()) 11M->3M(30M) 15.768ms
                """);

        assertEquals(List.of(3.601, 15.768), ReeveTree.pauses(log));
    }
}
