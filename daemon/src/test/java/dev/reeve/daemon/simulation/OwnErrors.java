package dev.reeve.daemon.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;

/// Errors of our own out of any call, of want of memory or of a mistake in the program, every now and then. Never two
/// at one moment: what an error interrupts is put right by calls, and those can only be made again later.
final class OwnErrors extends Fault {
    static final String INJECTED = "injected";

    /// The clock, the waiting, and what cannot fail: close(2) gives the descriptor back whatever it says.
    private static final Set<String> NEVER_FAIL = Set.of("monotonicNanos", "await", "close");

    /// There is no second chance to be told these.
    private static final Set<String> TOLD_ONCE = Set.of("found", "vanished", "renamed");

    private final Random random;
    private final double probability;
    private final LongSupplier clock;
    private long lastError = Long.MIN_VALUE;
    private final List<String> told = new ArrayList<>();

    OwnErrors(Random random, double probability, LongSupplier clock) {
        this.random = random;
        this.probability = probability;
        this.clock = clock;
    }

    /// What was thrown, and when.
    List<String> told() {
        return told;
    }

    @Override
    void meet(String call) {
        long now = clock.getAsLong();
        if (NEVER_FAIL.contains(call)
                || TOLD_ONCE.contains(call)
                || now == lastError
                || random.nextDouble() >= probability) {
            return;
        }
        lastError = now;
        told.add(now + " " + call);
        if (random.nextBoolean()) {
            throw new OutOfMemoryError(INJECTED + " into " + call);
        }
        throw new IllegalStateException(INJECTED + " into " + call);
    }

    /// Whether it was one of these, or what came of it.
    static boolean isInjected(Throwable cause) {
        String message = cause.getMessage();
        return message != null && message.startsWith(INJECTED);
    }
}
