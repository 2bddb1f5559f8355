package dev.reeve.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptorTablesTest {
    @Test
    void theSmallestTableTakesNothingMore() {
        assertEquals(0, DescriptorTables.bytes(64));
    }

    @Test
    void aLargerOneTakesAPointerAndThreeBitsForEachRoundedUp() {
        assertEquals(2_048 + 128, DescriptorTables.bytes(256));
        assertEquals(65_536 + 4_096, DescriptorTables.bytes(8_192));
    }

    @Test
    void whatAProcessKeepsIsAsked() throws Exception {
        double own = DescriptorTables.mebibytes(List.of(ProcessHandle.current()));
        assertEquals(2 * own, DescriptorTables.mebibytes(List.of(ProcessHandle.current(), ProcessHandle.current())));
    }
}
