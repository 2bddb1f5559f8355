package dev.reeve.daemon.service;

import java.time.Duration;
import java.util.Optional;

/// How a service is stopped: by which signal, how long after it SIGKILL follows (never, if empty), and whether that is
/// for its whole process group. From `down-signal`, `timeout-kill` and `flag-timeout-killpg`, s6's servicedir.html.
public record StopSettings(Signal signal, Optional<Duration> killAfter, boolean killsGroup) {
    public static final StopSettings DEFAULT = new StopSettings(Signal.TERM, Optional.empty(), false);
}
