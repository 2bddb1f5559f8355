package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Machine;
import java.time.Duration;
import java.util.function.Consumer;

/// What is left in a container when its services have ended: processes that were no service's, or have left theirs. The
/// kernel kills them with their first process; before, they are told.
final class LastOrphans {
    private static final int TERM = 15;
    private static final int CONT = 18;

    private LastOrphans() {}

    /// Returns when nobody is left, or after so long.
    static void end(Machine machine, Duration grace, Consumer<String> report) {
        if (!machine.isOurs()) {
            return;
        }
        try {
            if (!machine.signalAll(TERM)) {
                return;
            }
            machine.signalAll(CONT);
            Thread waiting = Thread.ofPlatform().daemon().name("last-orphans").start(() -> awaitAll(machine));
            if (!waiting.join(grace)) {
                report.accept("some processes have not ended within " + grace.toMillis() + " ms, and are killed");
            }
        } catch (ErrnoException e) {
            report.accept(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitAll(Machine machine) {
        try {
            while (machine.awaitAnyChild().isPresent()) {
                // One less.
            }
        } catch (ErrnoException _) {
            // Then the grace tells when it is over.
        }
    }
}
