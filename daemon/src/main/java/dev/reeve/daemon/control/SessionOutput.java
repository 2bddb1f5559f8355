package dev.reeve.daemon.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The sending half of one connection: what waits to be sent, and how the connection ends.
final class SessionOutput {
    /// What goes to the kernel at once; Netty holds at most one such piece for a client that does not read.
    static final int CHUNK_BYTES = 8 * 1024;

    /// So long a client that is cut off may take to read why.
    private static final int GOODBYE_SECONDS = 3;

    /// What is left of a line that is longer than this does not reach one that reads as slowly as that.
    private static final int GOODBYE_BEHIND_BYTES = 256 * 1024;

    /// Each state leads to a later one only.
    private enum State {
        /// Lines are taken.
        OPEN,
        /// What waits is the last; then the connection is closed.
        LAST_LINES,
        /// What waits ends with a goodbye. One who is in the middle of a request would not come to read it if its write
        /// failed: what it still says is read, and forgotten, until it has seen that the connection ends.
        GOODBYE,
        /// The goodbye is sent, and our half of the connection closed.
        HALF_CLOSED,
        /// Nothing is sent any more.
        CLOSED
    }

    /// Where nobody watches whether the client reads, it is tried again after so long, and so often while it does not.
    private static final int UNWATCHED_PAUSE_MILLIS = 10;

    private static final int UNWATCHED_PAUSES_MAX = 1_000;

    private final OutgoingLines lines = new OutgoingLines();
    private final Runnable close;
    private State state = State.OPEN;
    private boolean sending;
    private boolean unwatched;
    private @Nullable ByteBuf begun;
    private int pauses;
    private boolean pausing;

    /// `close` closes the connection.
    SessionOutput(Runnable close) {
        this.close = close;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /// How many bytes wait.
    int bytes() {
        return lines.bytes() + (begun == null ? 0 : begun.readableBytes());
    }

    /// One more line, if it is open.
    void add(Line line) {
        if (isOpen()) {
            lines.add(line);
        }
    }

    /// Sends what waits, as far as the client reads.
    void send(ChannelHandlerContext context) {
        // A write may call back while it is made.
        if (sending || state == State.CLOSED) {
            return;
        }
        sending = true;
        try {
            while (bytes() > 0 && context.channel().isWritable() && sendChunk(context)) {
                // On to the next.
            }
        } catch (IOException _) {
            close.run();
        } finally {
            sending = false;
        }
        if (bytes() == 0 && context.channel().isWritable()) {
            allIsSent(context);
        }
    }

    /// Answers whether more can follow.
    private boolean sendChunk(ChannelHandlerContext context) throws IOException {
        if (unwatched) {
            return sendUnwatched(context);
        }
        ByteBuf chunk = lines.take(context.alloc(), CHUNK_BYTES);
        ChannelFuture _ = context.writeAndFlush(chunk, context.voidPromise());
        return true;
    }

    /// Once a connection's input has ended, Netty (4.2.18) has epoll watch it no more, and closes it when a write does
    /// not fit and it would have to be watched again. So what is owed then is written past Netty.
    private boolean sendUnwatched(ChannelHandlerContext context) throws IOException {
        ByteBuf chunk = begun == null ? lines.take(context.alloc(), CHUNK_BYTES) : begun;
        begun = chunk;
        ByteBuffer bytes = chunk.nioBuffer();
        int written = ((UnixChannel) context.channel()).fd().write(bytes, bytes.position(), bytes.limit());
        if (written == 0) {
            pause(context);
            return false;
        }
        pauses = 0;
        chunk.skipBytes(written);
        if (!chunk.isReadable()) {
            chunk.release();
            begun = null;
        }
        return true;
    }

    private void pause(ChannelHandlerContext context) {
        if (pausing) {
            return;
        }
        if (++pauses > UNWATCHED_PAUSES_MAX) {
            close.run();
            return;
        }
        pausing = true;
        ScheduledFuture<?> _ = context.executor()
                .schedule(
                        () -> {
                            pausing = false;
                            send(context);
                        },
                        UNWATCHED_PAUSE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    /// What waits is the last.
    void end(ChannelHandlerContext context) {
        state = State.LAST_LINES;
        send(context);
    }

    /// Ends the connection with this line, which a client that is there may still come to read; what the client has no
    /// part of yet is forgotten.
    void sayGoodbye(Line goodbye, boolean clientIsThere, ChannelHandlerContext context) {
        if (lines.dropUnsent() > GOODBYE_BEHIND_BYTES) {
            close.run();
            return;
        }
        lines.add(goodbye);
        state = clientIsThere ? State.GOODBYE : State.LAST_LINES;
        ScheduledFuture<?> _ = context.executor().schedule(close, GOODBYE_SECONDS, TimeUnit.SECONDS);
        send(context);
    }

    /// The client will say nothing more, so it need not be listened to for the sake of a goodbye.
    void clientEnded() {
        unwatched = true;
        if (state == State.GOODBYE || state == State.HALF_CLOSED) {
            close.run();
        }
    }

    /// Forgets what waits.
    void closed() {
        state = State.CLOSED;
        lines.clear();
        if (begun != null) {
            begun.release();
            begun = null;
        }
    }

    private void allIsSent(ChannelHandlerContext context) {
        switch (state) {
            case LAST_LINES -> close.run();
            case GOODBYE -> {
                state = State.HALF_CLOSED;
                ChannelFuture _ = ((DuplexChannel) context.channel()).shutdownOutput();
                context.channel().config().setAutoRead(true);
            }
            case OPEN, HALF_CLOSED, CLOSED -> {}
        }
    }
}
