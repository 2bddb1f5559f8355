package dev.reeve.daemon.service;

import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import java.time.Duration;
import java.util.Optional;

/// What a service's files said when its process was spawned. `stop` is for the case that those files cannot be read
/// when it is to be stopped; `silenceMax` is how long it may be silent while it is up, without limit if empty.
public record RunSettings(
        boolean announcesReadiness, RestartPolicy restart, StopSettings stop, Optional<Duration> silenceMax) {
    public static final RunSettings DEFAULT = new RunSettings(false, RestartPolicy.DEFAULT, StopSettings.DEFAULT);

    /// Without a watchdog.
    public RunSettings(boolean announcesReadiness, RestartPolicy restart, StopSettings stop) {
        this(announcesReadiness, restart, stop, Optional.empty());
    }

    RunSettings stoppedBy(StopSettings settings) {
        return new RunSettings(announcesReadiness, restart, settings, silenceMax);
    }

    /// Whether the service meant to end: it exited with 0, or someone other than reeve sent it the very signal by which
    /// it is stopped. A SIGKILL is never meant: it may be the kernel's, for want of memory.
    boolean isCleanEnd(ExitStatus exit) {
        return switch (exit) {
            case Exited(int code) -> code == 0;
            case Killed(Signal signal) -> signal.equals(stop.signal()) && !signal.equals(Signal.KILL);
        };
    }

    boolean isRestartedAfter(ExitStatus exit) {
        return switch (restart.rule()) {
            case ALWAYS -> true;
            case ON_FAILURE -> !isCleanEnd(exit);
            case NEVER -> false;
        };
    }
}
