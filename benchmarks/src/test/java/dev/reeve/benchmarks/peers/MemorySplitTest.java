package dev.reeve.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MemorySplitTest {
    private static final double KIBIBYTE = 1.0 / 1024;

    private final Results results = new Results();

    @Test
    void whatGrowsWithServicesIsToldApartFromWhatDoesNot() {
        measured("floor", 0, 10, 1);
        measured("reeve", 40, 10, 5);

        new MemorySplit(results, "floor").add();

        assertEquals(4, results.median(Scenario.memoryOfOne(4_000), "reeve").orElseThrow(), 1e-6);
        assertEquals(40, results.median(Scenario.fixedMemory(4_000), "reeve").orElseThrow(), 1e-6);
    }

    @Test
    void whatAServiceTakesIsToldForUserAndKernelAndFromTheFirstOnToo() {
        measured("floor", 0, 10, 1);
        measured("reeve", 40, 10, 5);
        results.add(Scenario.kernelMemory(4_000), "reeve", 10 + 4_000 * KIBIBYTE + 3_000 * 2 * KIBIBYTE);
        results.add(Scenario.kernelMemory(4_000), "reeve", 10 + 4_000 * KIBIBYTE + 3_000 * 2 * KIBIBYTE);

        new MemorySplit(results, "floor").add();

        assertEquals(4, results.median(Scenario.userMemoryOfOne(4_000), "reeve").orElseThrow(), 1e-6);
        assertEquals(
                2, results.median(Scenario.kernelMemoryOfOne(4_000), "reeve").orElseThrow(), 1e-6);
        double halfOfTheHeap = 20 * 1024;
        double first = (3_999 * 4 + 3_000 * 2 + halfOfTheHeap) / 3_999;
        assertEquals(
                first,
                results.median(Scenario.memoryOfOneFromFirst(4_000), "reeve").orElseThrow(),
                1e-6);
    }

    @Test
    void aFewServicesTellNothingOfWhatOneTakes() {
        results.add(Scenario.memory(1), "reeve", 40);
        results.add(Scenario.memory(200), "reeve", 42);

        new MemorySplit(results, "floor").add();

        assertTrue(results.median(Scenario.memoryOfOne(200), "reeve").isEmpty());
    }

    @Test
    void theNumberFromWhichOneTakesLessIsWhereBothTakeTheSame() {
        measured("floor", 0, 10, 1);
        measured("reeve", 40, 10, 5);
        measured("s6", 0, 10, 69);

        new MemorySplit(results, "floor").add();

        assertEquals(640, results.median(Scenario.lessFrom("s6"), "reeve").orElseThrow());
    }

    @Test
    void whoTakesMoreForEachNeverComesToTakeLess() {
        measured("floor", 0, 10, 1);
        measured("reeve", 40, 10, 5);
        measured("lean", 1, 10, 2);

        new MemorySplit(results, "floor").add();

        assertTrue(results.median(Scenario.lessFrom("lean"), "reeve").isEmpty());
    }

    @Test
    void tablesThatTheFloorHandsOnAreNoPartOfTheServices() {
        measured("floor", 0, 10, 1);
        measured("reeve", 40, 10, 5);
        results.add(Scenario.descriptorTables(1), "floor", 0);
        results.add(Scenario.descriptorTables(1_000), "floor", 1);
        results.add(Scenario.descriptorTables(4_000), "floor", 4);

        new MemorySplit(results, "floor").add();

        assertEquals(
                1,
                results.median(Scenario.kernelMemoryBeyondFloor(1_000), "reeve").orElseThrow(),
                1e-6);
        assertEquals(5.024, results.median(Scenario.memoryOfOne(4_000), "reeve").orElseThrow(), 1e-6);
    }

    /// One with this fixed part in user space, this of the kernel's, and so many KiB for each service, one of them the
    /// kernel's for the service itself.
    private void measured(String supervisor, double fixed, double kernel, double each) {
        for (int services : new int[] {1, 1_000, 4_000}) {
            // A heap that has not grown to its end yet must not count.
            double user = services == 1 ? fixed / 2 : fixed;
            results.add(Scenario.memory(services), supervisor, user + services * (each - 1) * KIBIBYTE);
            results.add(Scenario.kernelMemory(services), supervisor, kernel + services * KIBIBYTE);
        }
    }
}
