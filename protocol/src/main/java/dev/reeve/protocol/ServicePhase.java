package dev.reeve.protocol;

import java.util.Locale;

/// The few phases of a service's life that a client may see. Each completes "the service is …".
public enum ServicePhase {
    /// No process, and none wanted.
    DOWN,
    /// A process is being spawned, or runs and has not announced its readiness yet.
    STARTING,
    /// The process runs and, if it announces readiness, has done so.
    UP,
    /// The process was told to end and runs still.
    STOPPING,
    /// The process has ended; its `finish` runs.
    FINISHING,
    /// The process ended too soon or could not be spawned; it is tried again after a while.
    BACKING_OFF,
    /// Given up: it stays down until someone starts it.
    FAILED;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// As written in the protocol: lower case, with hyphens.
    public String word() {
        return word;
    }
}
