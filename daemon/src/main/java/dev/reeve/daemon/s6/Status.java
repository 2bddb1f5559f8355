package dev.reeve.daemon.s6;

import dev.reeve.daemon.log.TaiLabel;
import java.nio.ByteBuffer;
import java.time.Instant;

/// What `supervise/status` says of a service, in s6's words.
///
/// `changedAt` is when it last came up or ended, `readyChangedAt` when it last became ready, or really down. `pid` is
/// that of `run`, or of `finish` if it is `finishing`, or 0. `waitStatus` is how `run` last ended, as wait(2) says it.
/// A
/// service that is `ready` without a process is really down; one that is `paused` without a process was not started
/// yet.
record Status(
        Instant changedAt,
        Instant readyChangedAt,
        int pid,
        int waitStatus,
        boolean paused,
        boolean finishing,
        boolean wantedUp,
        boolean ready) {
    static final int SIZE = 35;

    private static final int PAUSED = 1;
    private static final int FINISHING = 2;
    private static final int WANTED_UP = 4;
    private static final int READY = 8;

    /// Of a service that was found now.
    static Status notStartedYet(Instant now, boolean wantedUp) {
        return new Status(now, now, 0, 0, true, false, wantedUp, true);
    }

    /// As in the file: two TAI64N labels, the pid, the wait status, the flags, all big-endian.
    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE);
        TaiLabel.put(bytes, changedAt);
        TaiLabel.put(bytes, readyChangedAt);
        bytes.putLong(pid).putShort((short) waitStatus).put((byte) flags());
        return bytes.array();
    }

    private int flags() {
        return (paused ? PAUSED : 0) | (finishing ? FINISHING : 0) | (wantedUp ? WANTED_UP : 0) | (ready ? READY : 0);
    }
}
