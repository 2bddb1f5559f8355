package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// A loop that a test runs until something has come about, and that keeps the bugs it was told of.
final class RunningLoop implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(100);

    final List<Throwable> bugs = new ArrayList<>();
    final EpollLoop loop = new EpollLoop((handle, bug) -> bugs.add(bug));

    void watch(KernelFd handle) throws ErrnoException {
        loop.watch(handle);
    }

    void runUntil(BooleanSupplier condition) {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > giveUpAt) {
                fail("did not come about in " + PATIENCE + "; bugs: " + bugs);
            }
            loop.await(STEP.toNanos());
        }
    }

    /// Runs what is ready now, and what that makes ready.
    void runWhatIsReady() {
        for (int i = 0; i < 10; i++) {
            loop.await(0);
        }
    }

    @Override
    public void close() {
        loop.close();
        assertTrue(bugs.isEmpty(), () -> "bugs: " + bugs);
    }
}
