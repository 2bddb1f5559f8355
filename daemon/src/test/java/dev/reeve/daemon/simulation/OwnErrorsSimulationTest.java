package dev.reeve.daemon.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Days on which errors of our own come out of nowhere, want of memory among them, on the loop and off it: in the
/// evening all services run, one process each, and at the end nothing is left. `-Dseed=N` replays one.
class OwnErrorsSimulationTest {
    private static final int DAYS = 200;
    private static final double[] PROBABILITIES = {0.001, 0.01, 0.05, 0.2};

    @Test
    void whateverOurOwnErrorsAreAllServicesRunInTheEvening() {
        if (System.getProperty("seed") != null) {
            live(Long.getLong("seed"));
            return;
        }
        long first = new Random().nextInt(Integer.MAX_VALUE);
        System.out.println("Days with errors of our own: " + DAYS + " seeds from " + first);
        int errors = 0;
        for (long seed = first; seed < first + DAYS; seed++) {
            errors += live(seed);
        }
        assertTrue(errors > DAYS, "hardly any error");
    }

    private static int live(long seed) {
        Random random = new Random(seed);
        // Seeds that follow each other begin with nearly the same number.
        double probability = PROBABILITIES[(int) (seed % PROBABILITIES.length)];
        VirtualTime time = new VirtualTime();
        OwnErrors errors = new OwnErrors(random, probability, time::now);
        try {
            new FaultDay(seed, errors, time).live();
            return errors.told().size();
        } catch (Throwable failure) {
            throw new AssertionError(
                    "-Dseed=" + seed + " replays: " + failure.getMessage() + "\n" + String.join("\n", errors.told()),
                    failure);
        }
    }
}
