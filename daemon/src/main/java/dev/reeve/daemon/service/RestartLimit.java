package dev.reeve.daemon.service;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// How often a service may end unasked within a period before it is given up (`restart-limit`).
public record RestartLimit(int ends, Duration period) {
    public RestartLimit {
        if (ends < 1 || !period.isPositive()) {
            throw new IllegalArgumentException("not a limit: " + ends + " in " + period);
        }
    }

    /// Those of the moments that count still, and now.
    List<Moment> recent(List<Moment> before, Moment now) {
        return Stream.concat(before.stream().filter(end -> now.since(end).compareTo(period) < 0), Stream.of(now))
                .toList();
    }

    boolean isExceededBy(List<Moment> recent) {
        return recent.size() > ends;
    }
}
