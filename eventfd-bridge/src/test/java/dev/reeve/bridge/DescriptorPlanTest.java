package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reeve.bridge.SpawnOrder.PassedFd;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DescriptorPlanTest {
    @Test
    void nothingPassedLeavesTheFirstThree() throws Exception {
        assertEquals(new DescriptorPlan(List.of(), 3, List.of()), DescriptorPlan.of(List.of()));
    }

    @Test
    void oneOfTheFirstThreeIsMovedOnce() throws Exception {
        List<PassedFd> output = List.of(new PassedFd(70, 1));
        assertEquals(new DescriptorPlan(output, 3, List.of()), DescriptorPlan.of(output));
    }

    @Test
    void aHighOneIsMovedLowFirst() throws Exception {
        assertEquals(
                new DescriptorPlan(List.of(new PassedFd(70, 3)), 4, List.of(new PassedFd(3, 900))),
                DescriptorPlan.of(List.of(new PassedFd(70, 900))));
    }

    @Test
    void aLowOneKeepsItsPlaceFromOneThatMovesOn() throws Exception {
        List<PassedFd> passed = List.of(new PassedFd(70, 900), new PassedFd(71, 3), new PassedFd(72, 0));
        assertEquals(
                new DescriptorPlan(
                        List.of(new PassedFd(70, 4), new PassedFd(71, 3), new PassedFd(72, 0)),
                        5,
                        List.of(new PassedFd(4, 900))),
                DescriptorPlan.of(passed));
    }

    @Test
    void twoOfTheSameNumberAreRefused() {
        List<PassedFd> passed = List.of(new PassedFd(70, 4), new PassedFd(71, 4));
        ErrnoException failure = assertThrows(ErrnoException.class, () -> DescriptorPlan.of(passed));
        assertEquals(Errno.EINVAL, failure.errno());
    }

    @Test
    void aNegativeNumberIsRefused() {
        List<PassedFd> passed = List.of(new PassedFd(70, -1));
        ErrnoException failure = assertThrows(ErrnoException.class, () -> DescriptorPlan.of(passed));
        assertEquals(Errno.EBADF, failure.errno());
    }
}
