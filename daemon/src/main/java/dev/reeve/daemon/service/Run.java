package dev.reeve.daemon.service;

import java.util.Optional;

/// One life of a service's process. It is `paused` if the last that it was sent of SIGSTOP and SIGCONT was SIGSTOP;
/// what
/// others than reeve send it nobody knows here.
public record Run(Pid pid, RunSettings settings, Moment startedAt, Optional<Moment> readyAt, boolean paused) {
    private static final Signal STOP = Signal.parse("STOP").orElseThrow();

    public Run(Pid pid, RunSettings settings, Moment startedAt, Optional<Moment> readyAt) {
        this(pid, settings, startedAt, readyAt, false);
    }

    Run ready(Moment now) {
        return new Run(pid, settings, startedAt, Optional.of(now), paused);
    }

    /// The same process, told to end in this way. The signal for that comes with a SIGCONT.
    Run stoppedBy(StopSettings stop) {
        return new Run(pid, settings.stoppedBy(stop), startedAt, readyAt, false);
    }

    /// The same process, which was sent this signal.
    Run sent(Signal signal) {
        boolean stands = signal.equals(STOP) || (paused && !signal.equals(Signal.CONT));
        return new Run(pid, settings, startedAt, readyAt, stands);
    }

    /// When the service came up: its readiness if it announced one, else its start.
    Moment cameUpAt() {
        return readyAt.orElse(startedAt);
    }
}
