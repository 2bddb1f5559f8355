package dev.reeve.daemon.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.daemon.service.CountingMachine;
import dev.reeve.daemon.service.CountingMachine.Cell;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Hundreds of daemons from their start to their end, each on a bad day of its own.
class FleetSimulationTest {
    private static final int LIVES = 200;

    @Test
    void theFleetKeepsItsPromisesOnEveryBadDay() throws ErrnoException {
        long seed = new Random().nextInt(Integer.MAX_VALUE);
        System.out.println("seed " + seed);
        Map<String, Integer> counts = new TreeMap<>();
        long start = System.nanoTime();
        for (int i = 0; i < LIVES; i++) {
            CountingMachine machine = live(Long.getLong("seed", seed + i));
            machine.counts().forEach((Cell cell, Integer n) -> counts.merge(cell.toString(), n, Integer::sum));
        }
        System.out.println("seed took " + (System.nanoTime() - start) / 1_000_000 + " ms");
        System.out.println("seed " + counts.values().stream().mapToLong(n -> n).sum() + " events");
        counts.forEach((cell, n) -> System.out.println("seedcount " + n + "\t" + cell));
        assertEquals(0, 0);
    }

    private static CountingMachine live(long seed) throws ErrnoException {
        Simulation simulation = new Simulation(seed);
        try {
            simulation.run();
        } catch (Throwable failure) {
            throw new AssertionError(
                    "seed " + seed + ": " + failure.getMessage() + "\nThe last decisions:\n"
                            + simulation.machine().lastDecisions(),
                    failure);
        }
        return simulation.machine();
    }
}
