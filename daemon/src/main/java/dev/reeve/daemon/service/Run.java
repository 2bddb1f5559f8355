package dev.reeve.daemon.service;

import java.util.Optional;

/// One life of a service's process.
public record Run(Pid pid, RunSettings settings, Moment startedAt, Optional<Moment> readyAt) {

    Run ready(Moment now) {
        return new Run(pid, settings, startedAt, Optional.of(now));
    }

    /// When the service came up: its readiness if it announced one, else its start.
    Moment cameUpAt() {
        return readyAt.orElse(startedAt);
    }
}
