package dev.reeve.daemon.process;

import dev.reeve.daemon.service.Moment;
import java.time.Duration;
import java.util.ArrayDeque;

/// Signals that are sent a while later, if they mean anything still: to loggers that were given the end of their input
/// and have not ended (something may hold the other end of the pipe still), and to processes that could not be sent
/// theirs.
final class LaterSignals {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ArrayDeque<LaterSignal> laterSignals = new ArrayDeque<>();

    private record LaterSignal(Moment until, Runnable signal) {}

    void add(Moment now, Runnable signal) {
        laterSignals.add(new LaterSignal(now.plus(PATIENCE), signal));
    }

    Moment nextCheck() {
        return laterSignals.isEmpty() ? Moment.NEVER : laterSignals.getFirst().until();
    }

    void check(Moment now) {
        while (!laterSignals.isEmpty() && nextCheck().compareTo(now) <= 0) {
            laterSignals.removeFirst().signal().run();
        }
    }
}
