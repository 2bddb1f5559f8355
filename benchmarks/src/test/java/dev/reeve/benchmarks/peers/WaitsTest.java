package dev.reeve.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.benchmarks.peers.SupervisingProcesses.Waits;
import dev.reeve.benchmarks.peers.SupervisingProcesses.Waits.ThreadId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private static final ThreadId LOOP = new ThreadId("10", false);
    private static final ThreadId WRITER = new ThreadId("11", false);
    private static final ThreadId COMPILER = new ThreadId("12", true);

    @Test
    void threadsOfTheJvmAreCountedApart() {
        Waits waits = new Waits(Map.of(LOOP, 20L, COMPILER, 7L)).since(new Waits(Map.of(LOOP, 15L, COMPILER, 5L)));

        assertEquals(5, waits.own());
        assertEquals(2, waits.jvms());
    }

    @Test
    void threadThatHasGoneTakesNothingAway() {
        Waits waits = new Waits(Map.of(LOOP, 20L)).since(new Waits(Map.of(LOOP, 15L, WRITER, 70_000L)));

        assertEquals(5, waits.own());
    }

    @Test
    void threadThatHasComeCountsInFull() {
        Waits waits = new Waits(Map.of(LOOP, 20L, WRITER, 3L)).since(new Waits(Map.of(LOOP, 20L)));

        assertEquals(3, waits.own());
    }

    @Test
    void threadThatHasTheNumberOfOneThatHasGoneTakesNothingAway() {
        Waits waits = new Waits(Map.of(LOOP, 20L, WRITER, 3L)).since(new Waits(Map.of(LOOP, 18L, WRITER, 70_000L)));

        assertEquals(2, waits.own());
    }
}
