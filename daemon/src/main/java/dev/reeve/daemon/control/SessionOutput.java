package dev.reeve.daemon.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

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

    private final OutgoingLines lines = new OutgoingLines();
    private final Runnable close;
    private State state = State.OPEN;
    private boolean sending;

    /// `close` closes the connection.
    SessionOutput(Runnable close) {
        this.close = close;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /// How many bytes wait.
    int bytes() {
        return lines.bytes();
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
        if (sending) {
            return;
        }
        sending = true;
        try {
            while (!lines.isEmpty() && context.channel().isWritable()) {
                ByteBuf chunk = lines.take(context.alloc(), CHUNK_BYTES);
                ChannelFuture _ = context.writeAndFlush(chunk, context.voidPromise());
            }
        } finally {
            sending = false;
        }
        if (lines.isEmpty() && context.channel().isWritable()) {
            allIsSent(context);
        }
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
        if (state == State.GOODBYE || state == State.HALF_CLOSED) {
            close.run();
        }
    }

    /// Forgets what waits.
    void closed() {
        state = State.CLOSED;
        lines.clear();
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
