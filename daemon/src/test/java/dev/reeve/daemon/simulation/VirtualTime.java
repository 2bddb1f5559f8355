package dev.reeve.daemon.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/// The clock of a simulation, and all that is going to happen in it, in order.
final class VirtualTime {
    private final PriorityQueue<Happening> ahead =
            new PriorityQueue<>(Comparator.comparingLong(Happening::nanos).thenComparingLong(Happening::number));
    private long now = Duration.ofHours(1).toNanos();
    private long numbered;

    private record Happening(long nanos, long number, Runnable what) {}

    long now() {
        return now;
    }

    void after(Duration delay, Runnable what) {
        ahead.add(new Happening(now + delay.toNanos(), numbered++, what));
    }

    /// Goes on to the next happening, but no further than to `latest`, and lets all that is due happen.
    void advance(long latest) {
        Happening next = ahead.peek();
        if (latest == Long.MAX_VALUE && next == null) {
            throw new AssertionError("the daemon waits for ever, and nothing is going to happen");
        }
        now = next == null ? latest : Math.min(latest, next.nanos());
        while (!ahead.isEmpty() && ahead.peek().nanos() <= now) {
            ahead.remove().what().run();
        }
    }
}
