package dev.reeve.protocol;

/// One line from the daemon, as a client reads it.
public sealed interface DaemonMessage permits Reply, Notice, DaemonMessage.Unknown, DaemonMessage.Garbled {

    /// A well-formed message that this version has no name for: a newer daemon sent it, and a client goes on without
    /// it.
    record Unknown(String event) implements DaemonMessage {}

    /// A line that no daemon of this protocol sends; `reason` says what is wrong with it.
    record Garbled(String reason) implements DaemonMessage {}
}
