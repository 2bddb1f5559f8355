package dev.reeve.daemon.catchall;

import java.time.Duration;

/// Whether the catch-all logger is believed to come back when it is gone. Pure.
///
/// A logger that ends is started again, at once or within a second or two, and the fifo holds what is said
/// meanwhile. One that fails as often as it is started is waited for longer and longer, and when the fifo is
/// full, everybody waits with it who has something to say.
///
/// `failures` are those since it was last ready for a while.
record LoggerTrust(int failures) {
    private static final int FAILURES_MAX = 3;
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    static final LoggerTrust WHOLE = new LoggerTrust(0);
    static final LoggerTrust LOST = new LoggerTrust(FAILURES_MAX);

    /// It ended so soon that it has to wait until it is started again.
    LoggerTrust afterFailure() {
        return new LoggerTrust(Math.min(failures + 1, FAILURES_MAX));
    }

    /// It was ready for so long, and is so no more.
    LoggerTrust afterBeingReady(Duration howLong) {
        return howLong.compareTo(A_WHILE) < 0 ? this : WHOLE;
    }

    /// It is not to be waited for.
    boolean isLost() {
        return failures >= FAILURES_MAX;
    }
}
