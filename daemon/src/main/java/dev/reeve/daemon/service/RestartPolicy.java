package dev.reeve.daemon.service;

import java.time.Duration;
import java.util.Optional;

/// Whether a service that ended unasked is started again, and how long after it came up.
///
/// The delay counts from the moment the service last came up (its readiness, if it announced one, else its start), so a
/// service that ran for longer is back at once. One that ends before its delay has passed waits twice as long the next
/// time, up to `delayMax`; for every delay that it then stays up, the delay is halved again. (s6 waits one second after
/// the end of `finish` where no readiness was announced, and not at all where it was; this difference is intended.)
///
/// (Duration's own means of multiplying and dividing go by way of BigDecimal, which takes Java 15 ms to have the first
/// time.)
public record RestartPolicy(RestartRule rule, Duration delay, Duration delayMax, Optional<RestartLimit> limit) {
    public static final RestartPolicy DEFAULT =
            new RestartPolicy(RestartRule.ALWAYS, Duration.ofSeconds(1), Duration.ofSeconds(60), Optional.empty());

    public RestartPolicy {
        if (delay.isNegative() || delayMax.compareTo(delay) < 0) {
            throw new IllegalArgumentException("delays are not in order: " + delay + ", " + delayMax);
        }
    }

    /// The delay that stands after the service was up for a while, having come up with the delay `grown`.
    Duration decayed(Duration grown, Duration uptime) {
        Duration current = clamp(grown);
        Duration rest = uptime;
        while (current.compareTo(delay) > 0 && rest.compareTo(current) >= 0) {
            rest = rest.minus(current);
            current = clamp(Duration.ofNanos(current.toNanos() / 2));
        }
        return current;
    }

    /// The delay after a life that was too short.
    Duration doubled(Duration current) {
        return clamp(current.plus(current));
    }

    private Duration clamp(Duration duration) {
        if (duration.compareTo(delay) < 0) {
            return delay;
        }
        return duration.compareTo(delayMax) > 0 ? delayMax : duration;
    }
}
