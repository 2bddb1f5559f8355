package dev.reeve.daemon.service;

import java.time.Duration;
import java.util.Optional;

/// A point on CLOCK_MONOTONIC, in nanoseconds: it never jumps, and means nothing to another machine.
public record Moment(long nanos) implements Comparable<Moment> {

    /// Later than every other moment: the deadline of what waits without limit.
    public static final Moment NEVER = new Moment(Long.MAX_VALUE);

    public Moment plus(Duration duration) {
        long sum = nanos + duration.toNanos();
        return sum < nanos ? NEVER : new Moment(sum);
    }

    /// The end of a time limit; [#NEVER] where there is none.
    public Moment plus(Optional<Duration> limit) {
        return limit.map(this::plus).orElse(NEVER);
    }

    public Duration since(Moment earlier) {
        return Duration.ofNanos(nanos - earlier.nanos);
    }

    public boolean isBefore(Moment other) {
        return nanos < other.nanos;
    }

    @Override
    public int compareTo(Moment other) {
        return Long.compare(nanos, other.nanos);
    }
}
