package dev.reeve.daemon.log;

/// Where the daemon says what people should know. Never blocks and never throws; any thread may call it.
public interface Log {

    /// Something ordinary that a reader of the log wants to find again.
    void info(String message);

    /// Something is wrong, and reeve goes on.
    void warning(String message);

    /// An error of reeve's own.
    void bug(String message, Throwable cause);
}
