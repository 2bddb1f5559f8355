package dev.reeve.daemon.log;

/// Where the daemon says what people should know. Never blocks and never throws; any thread may call it.
///
/// A message that is repeated is told once and then counted, so say the same thing in the same words: what differs each
/// time (a pid, a duration) belongs into `reeve status` and `reeve why`. Control characters are written as `?`.
public interface Log {

    /// Something ordinary that a reader of the log wants to find again.
    void info(String message);

    /// Something is wrong, and reeve goes on.
    void warning(String message);

    /// An error of reeve's own.
    void bug(String message, Throwable cause);

    /// Who asked for what. Written each time it is said, whatever else floods the log: whoever says it keeps it within
    /// bounds.
    void audit(String message);
}
