package dev.reeve.daemon.service;

import java.util.Optional;

/// One life of a service's process.
public record Run(Pid pid, RunSettings settings, Moment startedAt, Optional<Moment> readyAt) {

    Run ready(Moment now) {
        return new Run(pid, settings, startedAt, Optional.of(now));
    }

    /// The same process, about to be stopped in this way.
    Run stoppedBy(StopSettings stop) {
        return new Run(pid, settings.stoppedBy(stop), startedAt, readyAt);
    }

    /// When the service came up: its readiness if it announced one, else its start.
    Moment cameUpAt() {
        return readyAt.orElse(startedAt);
    }
}
