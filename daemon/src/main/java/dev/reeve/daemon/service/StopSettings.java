package dev.reeve.daemon.service;

import java.time.Duration;
import java.util.Optional;

/// How a service is stopped: by which signal, and how long after it SIGKILL follows (never, if empty). From
/// `down-signal` and `timeout-kill`, S6-BEHAVIOUR 1.1.
public record StopSettings(Signal signal, Optional<Duration> killAfter) {
    public static final StopSettings DEFAULT = new StopSettings(Signal.TERM, Optional.empty());
}
