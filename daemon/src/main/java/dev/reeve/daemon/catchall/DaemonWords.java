package dev.reeve.daemon.catchall;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.LogSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The daemon's log on its way into the catch-all fifo, which must not wait for the logger: that is a service of the
/// daemon's own, and may be down because of what is to be said.
///
/// While nobody reads the fifo, or it is full, the last lines are kept ([LastLines]) and handed on as soon as they can
/// be, in their order; meanwhile each is written to the [Console] as it is said.
public final class DaemonWords implements LogSink {
    private static final long FULL_FOR_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /// PIPE_BUF: what is no longer is written as a whole or not at all, and never in the middle of another's line.
    private static final int BYTES_AT_ONCE = 4_096;

    private final CatchAllFifo fifo;
    private final Console console;
    private final LastLines kept = new LastLines();
    private boolean full;
    private volatile boolean toConsoleOnly;

    public DaemonWords(CatchAllFifo fifo, Console console) {
        this.fifo = fifo;
        this.console = console;
    }

    /// Whether what comes out of the fifo is kept nowhere, so that there is no use in writing there.
    void stayOnConsole(boolean stays) {
        toConsoleOnly = stays;
    }

    @Override
    public void write(List<String> messages) {
        List<String> said = new ArrayList<>(messages.size());
        messages.forEach(message -> said.addAll(message.lines().toList()));
        said.forEach(kept::add);
        handOn();
        // Those that were said last are those that are left.
        int left = Math.min(kept.size(), said.size());
        console.write(said.subList(said.size() - left, said.size()));
    }

    @Override
    public long againInNanos() {
        return full ? FULL_FOR_NANOS : NEVER;
    }

    private void handOn() {
        full = false;
        try {
            for (String line = kept.peek(); line != null && !toConsoleOnly; line = kept.peek()) {
                if (fifo.write(bytesOf(line)) == Kernel.WOULD_BLOCK) {
                    full = true;
                    return;
                }
                kept.taken();
            }
        } catch (ErrnoException _) {
            // Nobody reads (EPIPE): when somebody does, the log is woken.
        }
    }

    private static ByteBuffer bytesOf(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (bytes.length > BYTES_AT_ONCE) {
            bytes = Arrays.copyOf(bytes, BYTES_AT_ONCE);
            bytes[BYTES_AT_ONCE - 1] = '\n';
        }
        return ByteBuffer.wrap(bytes);
    }
}
