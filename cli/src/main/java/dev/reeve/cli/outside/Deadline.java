package dev.reeve.cli.outside;

import java.time.Duration;

/// When to stop waiting, on the clock that nobody sets.
public record Deadline(long nanoTime, boolean isNever) {

    /// Wait for ever.
    public static final Deadline NEVER = new Deadline(0, true);

    public static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos(), false);
    }

    /// How long from now; zero if it has passed, and an hour where there is none.
    public Duration remaining() {
        if (isNever) {
            return Duration.ofHours(1);
        }
        long nanos = nanoTime - System.nanoTime();
        return nanos <= 0 ? Duration.ZERO : Duration.ofNanos(nanos);
    }

    public boolean hasPassed() {
        return !isNever && remaining().isZero();
    }
}
