package dev.reeve.daemon.control;

import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.protocol.Decoded;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Reply.Refusal;
import dev.reeve.protocol.Request;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One client's connection. Requests are taken one at a time and at most one a turn unless it is answered at once,
/// and none is taken while the client does not read what it was told: what one client can make the daemon hold is
/// bounded, and so is how long it can keep the others waiting.
final class ControlSession extends ChannelInboundHandlerAdapter {
    /// What goes to the kernel at once; Netty holds at most one such piece for a client that does not read.
    private static final int CHUNK_BYTES = 8 * 1024;

    /// While so much is unread, no further request is taken.
    private static final int UNREAD_BEFORE_REQUEST = 64 * 1024;

    /// How much may wait for a watching client when there is more to tell.
    static final int UNREAD_BYTES_MAX = 2 << 20;

    /// While a request waits for its turn, no more than this is read.
    private static final int READ_AHEAD_BYTES = 4 * 1024;

    /// So long a client that is cut off may take to read why.
    private static final int GOODBYE_SECONDS = 3;

    /// What is left of a line that is longer than this does not reach one that reads as slowly as that.
    private static final int GOODBYE_BEHIND_BYTES = 256 * 1024;

    private final Inbox inbox;
    private final NoticeBoard board;
    private final RequestDesk desk;
    private final Peer peer;
    private final Rights rights;
    private final @Nullable String refusal;
    private final LineBuffer buffer = new LineBuffer();
    private final OutgoingLines outgoing = new OutgoingLines();
    private @Nullable ChannelHandlerContext channel;
    private int bufferHeld;
    private boolean answerOwed;
    private boolean turnAwaited;
    private boolean inputEnded;
    private boolean sending;
    private boolean ending;
    private boolean goodbyeSaid;
    private boolean outputEnded;
    private Set<ServiceName> watched = Set.of();

    /// A session of this peer; one that is refused (`refusal` says why) is told so and closed.
    ControlSession(
            Inbox inbox, NoticeBoard board, RequestDesk desk, Peer peer, Rights rights, @Nullable String refusal) {
        this.inbox = inbox;
        this.board = board;
        this.desk = desk;
        this.peer = peer;
        this.rights = rights;
        this.refusal = refusal;
    }

    Peer peer() {
        return peer;
    }

    Rights rights() {
        return rights;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context;
        board.opened(this);
        accountForBuffer();
        if (refusal != null) {
            cutOff(refusal);
            return;
        }
        say(ProtocolCodec.encode(desk.greeting()));
        send();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forget();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        try {
            if (!ending) {
                buffer.add(data);
            }
        } finally {
            data.release();
        }
        takeNext();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            send();
            takeNext();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownReadComplete) {
            inputEnded = true;
            if (goodbyeSaid) {
                closeNow();
            } else {
                endIfAllIsSaid();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The peer is gone (ECONNRESET, EPIPE), or the session is broken: either way it is over.
        closeNow();
    }

    /// From now on it is told of these services, or of all.
    void watch(Set<ServiceName> names) {
        watched = names;
        board.watches(this);
    }

    boolean watches(ServiceName name) {
        return watched.isEmpty() || watched.contains(name);
    }

    /// A notice, which is sent at the end of the turn. A client that does not read is cut off.
    void tell(Line notice) {
        if (outgoing.bytes() > UNREAD_BYTES_MAX) {
            cutOff("this client watches and has left more than " + UNREAD_BYTES_MAX
                    + " bytes unread: read faster, or watch fewer services");
            return;
        }
        say(notice);
    }

    /// The answer to the request that was taken last.
    void answer(Reply reply) {
        answerOwed = false;
        say(ProtocolCodec.encode(reply));
        if (buffer.hasLine()) {
            awaitTurn();
        } else {
            endIfAllIsSaid();
        }
    }

    /// How much it makes the daemon hold.
    int heldBytes() {
        return bufferHeld + outgoing.bytes();
    }

    /// It is cut off for what it holds; if it was already, there is no more patience with it.
    void relieve(String reason) {
        if (ending) {
            closeNow();
        } else {
            cutOff(reason);
        }
    }

    /// Sends what waits, as far as the client reads.
    void send() {
        ChannelHandlerContext context = channel;
        if (context == null || sending) {
            return;
        }
        sending = true;
        try {
            while (!outgoing.isEmpty() && context.channel().isWritable()) {
                ByteBuf chunk = outgoing.take(context.alloc(), CHUNK_BYTES);
                ChannelFuture _ = context.writeAndFlush(chunk, context.voidPromise());
            }
        } finally {
            sending = false;
        }
        if (ending && outgoing.isEmpty() && context.channel().isWritable()) {
            end(context);
        }
    }

    /// All is said. One who is in the middle of a request would not come to read the goodbye if its write failed: what
    /// it still says is read, and forgotten, until it has seen that the connection ends.
    private void end(ChannelHandlerContext context) {
        if (inputEnded || !goodbyeSaid) {
            closeNow();
        } else if (!outputEnded) {
            outputEnded = true;
            ChannelFuture _ = ((DuplexChannel) context.channel()).shutdownOutput();
            context.channel().config().setAutoRead(true);
        }
    }

    void closeNow() {
        ChannelHandlerContext context = channel;
        forget();
        if (context != null) {
            ChannelFuture _ = context.close();
        }
    }

    private void forget() {
        channel = null;
        ending = true;
        board.closed(this);
        outgoing.clear();
        buffer.clear();
        board.memory().free(bufferHeld);
        bufferHeld = 0;
    }

    private void say(byte[] line) {
        say(new Line(line, board.memory()));
    }

    private void say(Line line) {
        if (channel == null || ending) {
            return;
        }
        outgoing.add(line);
        if (outgoing.bytes() < CHUNK_BYTES) {
            board.hasWritten(this);
            return;
        }
        send();
        board.relieve();
    }

    /// Takes the next request, if there is one and nothing stands before it.
    private void takeNext() {
        ChannelHandlerContext context = channel;
        if (context == null || ending) {
            return;
        }
        if (!isBusy()) {
            byte[] line = buffer.nextLine();
            if (line != null) {
                take(line);
            } else if (buffer.size() > ProtocolCodec.MAX_REQUEST_BYTES) {
                cutOff("a request is one line of at most " + ProtocolCodec.MAX_REQUEST_BYTES + " bytes");
                return;
            }
        }
        boolean waits = isBusy() || buffer.hasLine();
        context.channel().config().setAutoRead(!waits || buffer.size() < READ_AHEAD_BYTES);
        accountForBuffer();
    }

    private boolean isBusy() {
        return answerOwed || outgoing.bytes() > UNREAD_BEFORE_REQUEST;
    }

    private void take(byte[] line) {
        answerOwed = true;
        switch (ProtocolCodec.decodeRequest(line, 0, line.length)) {
            case Decoded.Ok(Request request) -> desk.take(request, this);
            case Decoded.Bad(long id, String reason) -> {
                desk.refusedLine(this, reason);
                answer(new Reply.Refused(id, Refusal.BAD_REQUEST, reason));
            }
        }
    }

    /// What else it has asked has its turn after what others have asked meanwhile.
    private void awaitTurn() {
        if (!turnAwaited) {
            turnAwaited = true;
            inbox.add(new Fact.QuestionArrived(_ -> {
                turnAwaited = false;
                takeNext();
            }));
        }
    }

    /// One that asks no more is not kept waiting for the end.
    private void endIfAllIsSaid() {
        if (inputEnded && !answerOwed && !buffer.hasLine() && !ending) {
            board.watchesNoMore(this);
            ending = true;
            send();
        }
    }

    private void accountForBuffer() {
        if (channel != null) {
            board.memory().hold(buffer.capacity() - bufferHeld);
            bufferHeld = buffer.capacity();
            board.relieve();
        }
    }

    /// Ends the connection with a reason, which the client may still come to read.
    private void cutOff(String reason) {
        ChannelHandlerContext context = channel;
        if (context == null || ending) {
            return;
        }
        ending = true;
        desk.cutOff(this, reason);
        board.watchesNoMore(this);
        context.channel().config().setAutoRead(false);
        buffer.clear();
        accountForBuffer();
        if (outgoing.dropUnsent() > GOODBYE_BEHIND_BYTES) {
            closeNow();
            return;
        }
        outgoing.add(new Line(ProtocolCodec.encode(new Notice.Goodbye(reason)), board.memory()));
        goodbyeSaid = true;
        ScheduledFuture<?> _ = context.executor().schedule(this::closeNow, GOODBYE_SECONDS, TimeUnit.SECONDS);
        send();
    }
}
