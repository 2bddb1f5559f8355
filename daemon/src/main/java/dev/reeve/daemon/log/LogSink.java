package dev.reeve.daemon.log;

import java.util.List;

/// Where the lines of the daemon's log go. Called by the log's own thread: what waits here keeps nobody else waiting.
public interface LogSink {

    /// What [#againInNanos] answers where nothing is left to be done.
    long NEVER = Long.MAX_VALUE;

    /// Takes these messages, of which each is one line, or several with newlines between them. There may be none.
    /// Does not throw for want of a reader or of room.
    void write(List<String> messages);

    /// When [#write] is to be called again even if nothing is said until then.
    default long againInNanos() {
        return NEVER;
    }
}
