package dev.reeve.daemon.s6;

import dev.reeve.daemon.log.TaiLabel;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.Signal;
import java.nio.ByteBuffer;
import java.time.Instant;

/// When `run` has ended, and how.
record Death(Instant at, ExitStatus exit) {
    static final int SIZE = TaiLabel.SIZE + 2;

    /// As shells have it.
    private static final int KILLED = 128;

    /// As in `death_tally`: a TAI64N label, the exit code, the signal.
    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE);
        TaiLabel.put(bytes, at);
        switch (exit) {
            case Exited(int code) -> bytes.put((byte) code).put((byte) 0);
            case Killed(Signal signal) ->
                bytes.put((byte) (KILLED + signal.number())).put((byte) signal.number());
        }
        return bytes.array();
    }
}
