package dev.reeve.daemon.service;

import java.time.Duration;
import java.util.Optional;

/// How long a process may be silent (without limit, if empty), and when it was heard last.
public record Watchdog(Optional<Duration> silenceMax, Moment heardAt) {

    Watchdog heard(Moment now) {
        return new Watchdog(silenceMax, now);
    }

    Moment deadline() {
        return heardAt.plus(silenceMax);
    }
}
