package dev.reeve.daemon.process;

import dev.reeve.daemon.service.Moment;
import java.time.Duration;
import java.util.ArrayDeque;

/// Loggers that were given the end of their input, and are signalled if they have not ended a while later: something
/// may hold the other end of the pipe still.
final class Drains {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ArrayDeque<Drain> drains = new ArrayDeque<>();

    private record Drain(Moment until, Runnable signal) {}

    void add(Moment now, Runnable signal) {
        drains.add(new Drain(now.plus(PATIENCE), signal));
    }

    Moment nextCheck() {
        return drains.isEmpty() ? Moment.NEVER : drains.getFirst().until();
    }

    void check(Moment now) {
        while (!drains.isEmpty() && nextCheck().compareTo(now) <= 0) {
            drains.removeFirst().signal().run();
        }
    }
}
