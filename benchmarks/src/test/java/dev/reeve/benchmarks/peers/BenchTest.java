package dev.reeve.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {
    @Test
    void nobodyAlwaysComesAfterTheSameOne() {
        List<String> all = List.of("floor", "reeve", "s6");

        assertEquals(List.of("floor", "reeve", "s6"), Bench.inTurn(all, 0));
        assertEquals(List.of("s6", "reeve", "floor"), Bench.inTurn(all, 1));
        assertEquals(List.of("floor", "reeve", "s6"), Bench.inTurn(all, 2));
    }
}
