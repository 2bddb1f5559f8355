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
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One client's connection. Requests are taken one at a time and at most one a turn unless it is answered at once,
/// and none is taken while the client does not read what it was told: what one client can make the daemon hold is
/// bounded, and so is how long it can keep the others waiting.
final class ControlSession extends InboundHandler {
    /// While so much is unread, no further request is taken.
    private static final int UNREAD_BEFORE_REQUEST = 64 * 1024;

    /// How much may wait for a watching client when there is more to tell.
    static final int UNREAD_BYTES_MAX = 2 << 20;

    /// While a request waits for its turn, no more than this is read.
    private static final int READ_AHEAD_BYTES = 4 * 1024;

    private final Inbox inbox;
    private final NoticeBoard board;
    private final RequestDesk desk;
    private final Peer peer;
    private final Rights rights;
    private final @Nullable String refusal;
    private final LineBuffer buffer = new LineBuffer();
    private final SessionOutput output = new SessionOutput(this::closeNow);
    private final Fact turn = new Fact.QuestionArrived(_ -> takeTurn());
    private @Nullable ChannelHandlerContext channel;
    private int bufferHeld;
    private boolean answerOwed;
    private boolean turnAwaited;
    private boolean inputEnded;
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
            if (output.isOpen()) {
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
            output.clientEnded();
            endIfAllIsSaid();
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
        if (output.bytes() > UNREAD_BYTES_MAX) {
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
        return bufferHeld + output.bytes();
    }

    /// It is cut off for what it holds; if it was already, there is no more patience with it.
    void relieve(String reason) {
        if (output.isOpen()) {
            cutOff(reason);
        } else {
            closeNow();
        }
    }

    /// Sends what waits, as far as the client reads.
    void send() {
        ChannelHandlerContext context = channel;
        if (context != null) {
            output.send(context);
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
        output.closed();
        board.closed(this);
        buffer.clear();
        board.memory().free(bufferHeld);
        bufferHeld = 0;
    }

    private void say(byte[] line) {
        say(new Line(line, board.memory()));
    }

    private void say(Line line) {
        if (channel == null || !output.isOpen()) {
            return;
        }
        output.add(line);
        if (output.bytes() < SessionOutput.CHUNK_BYTES) {
            board.hasWritten(this);
            return;
        }
        send();
        board.relieve();
    }

    /// Takes the next request, if there is one and nothing stands before it.
    private void takeNext() {
        ChannelHandlerContext context = channel;
        if (context == null || !output.isOpen()) {
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
        if (!inputEnded) {
            // Of one that is at its end Netty would fail to read again.
            boolean waits = isBusy() || buffer.hasLine();
            context.channel().config().setAutoRead(!waits || buffer.size() < READ_AHEAD_BYTES);
        }
        accountForBuffer();
    }

    private boolean isBusy() {
        return answerOwed || output.bytes() > UNREAD_BEFORE_REQUEST;
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
            inbox.add(turn);
        }
    }

    private void takeTurn() {
        turnAwaited = false;
        takeNext();
    }

    /// One that asks no more is not kept waiting for the end.
    private void endIfAllIsSaid() {
        ChannelHandlerContext context = channel;
        if (context != null && output.isOpen() && inputEnded && !answerOwed && !buffer.hasLine()) {
            board.watchesNoMore(this);
            output.end(context);
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
        if (context == null || !output.isOpen()) {
            return;
        }
        desk.cutOff(this, reason);
        board.watchesNoMore(this);
        context.channel().config().setAutoRead(false);
        Line goodbye = new Line(ProtocolCodec.encode(new Notice.Goodbye(reason)), board.memory());
        output.sayGoodbye(goodbye, !inputEnded, context);
        buffer.clear();
        accountForBuffer();
    }
}
