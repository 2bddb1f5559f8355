package dev.reeve.daemon.control;

import dev.reeve.daemon.fleet.Answer;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.protocol.DaemonMessage;
import dev.reeve.protocol.Decoded;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Reply.Refusal;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One client's connection. Requests are taken one at a time, each answered before the next is read from the
/// buffer, and none is taken while the client does not read what it was told: what one client can make the daemon
/// hold is bounded.
final class ControlSession extends ChannelInboundHandlerAdapter {
    private static final int BUFFERED_MAX = ProtocolCodec.MAX_REQUEST_BYTES + 1;

    /// How much of what a watching client was told may wait for it to read.
    private static final int UNREAD_BYTES_MAX = 1 << 20;

    private final Inbox inbox;
    private final NoticeBoard board;
    private final StatusReport report;
    private final DaemonIdentity identity;
    private final Log log;
    private final LineBuffer buffer = new LineBuffer();
    private @Nullable ChannelHandlerContext channel;
    private boolean answerOwed;
    private boolean inputEnded;
    private int unreadBytes;
    private boolean watching;
    private Set<ServiceName> watched = Set.of();

    ControlSession(Inbox inbox, NoticeBoard board, StatusReport report, DaemonIdentity identity, Log log) {
        this.inbox = inbox;
        this.board = board;
        this.report = report;
        this.identity = identity;
        this.log = log;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context;
        board.opened(this);
        hold(buffer.capacity());
        write(ProtocolCodec.encode(
                new Notice.Greeting(identity.version(), identity.pid(), ProtocolCodec.PROTOCOL_VERSION)));
        context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forget();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        int before = buffer.capacity();
        try {
            if (channel == null) {
                return;
            }
            buffer.add(data);
        } finally {
            data.release();
        }
        hold(buffer.capacity() - before);
        takeRequests(context);
    }

    /// The client has said all it wants to say, and still wants the answers.
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            takeRequests(context);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        takeRequests(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The peer is gone (ECONNRESET, EPIPE), or the session is broken: either way it is over.
        ChannelFuture _ = context.close();
    }

    boolean watches(ServiceName name) {
        return watching && (watched.isEmpty() || watched.contains(name));
    }

    /// A notice, which is sent at the end of the turn. A client that does not read is cut off.
    void tell(byte[] line) {
        if (unreadBytes > UNREAD_BYTES_MAX) {
            cutOff("it watches and has not read the last " + unreadBytes + " bytes");
            return;
        }
        write(line);
    }

    /// What the daemon holds for this client, in bytes.
    int heldBytes() {
        return channel == null ? 0 : unreadBytes + buffer.capacity();
    }

    /// Ends the connection of a client that does not read, and so cannot be told why.
    void cutOff(String reason) {
        ChannelHandlerContext context = channel;
        if (context != null) {
            forget();
            log.warning("a client was cut off: " + reason);
            ChannelFuture _ = context.close();
        }
    }

    /// What was held for the client is held no more.
    private void forget() {
        if (channel != null) {
            int held = heldBytes();
            channel = null;
            board.closed(this);
            board.holds(-held);
        }
    }

    private void hold(int bytes) {
        if (bytes != 0) {
            board.holds(bytes);
        }
    }

    void flush() {
        if (channel != null) {
            channel.flush();
        }
    }

    private void takeRequests(ChannelHandlerContext context) {
        if (channel == null) {
            return;
        }
        while (!answerOwed && context.channel().isActive() && context.channel().isWritable()) {
            byte[] line = buffer.nextLine();
            if (line == null) {
                break;
            }
            take(line);
        }
        if (!answerOwed && buffer.size() > ProtocolCodec.MAX_REQUEST_BYTES) {
            cutOff(context, "a request is one line of at most " + ProtocolCodec.MAX_REQUEST_BYTES + " bytes");
            return;
        }
        if (inputEnded && !answerOwed) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        context.channel().config().setAutoRead(buffer.size() < BUFFERED_MAX);
    }

    private void take(byte[] line) {
        answerOwed = true;
        switch (ProtocolCodec.decodeRequest(line, 0, line.length)) {
            case Decoded.Ok(Request request) -> take(request);
            case Decoded.Bad(long id, String reason) -> answer(new Reply.Refused(id, Refusal.BAD_REQUEST, reason));
        }
    }

    private void take(Request request) {
        switch (request) {
            case Request.Start(long id, List<String> names) -> command(id, names, Command.Start::new);
            case Request.Stop(long id, List<String> names) -> command(id, names, Command.Stop::new);
            case Request.Restart(long id, List<String> names) -> command(id, names, Command.Restart::new);
            case Request.Shutdown(long id) -> command(id, List.of(), _ -> new Command.Shutdown());
            case Request.Status(long id, List<String> names) -> question(id, names, _ -> {});
            case Request.Watch(long id, List<String> names) -> question(id, names, this::watch);
            case Request.Version(long id) ->
                answer(new Reply.Version(id, identity.version(), identity.pid(), ProtocolCodec.PROTOCOL_VERSION));
        }
    }

    private void command(long id, List<String> names, Function<Set<ServiceName>, Command> command) {
        List<String> impossible = impossible(names);
        if (!impossible.isEmpty()) {
            answer(unknown(id, impossible));
            return;
        }
        inbox.add(new Fact.CommandArrived(command.apply(serviceNames(names)), answer -> answer(reply(id, answer))));
    }

    private void question(long id, List<String> names, java.util.function.Consumer<Set<ServiceName>> whenKnown) {
        List<String> impossible = impossible(names);
        if (!impossible.isEmpty()) {
            answer(unknown(id, impossible));
            return;
        }
        Set<ServiceName> asked = serviceNames(names);
        inbox.add(new Fact.QuestionArrived(fleet -> {
            List<ServiceName> unknown = fleet.unknownAmong(asked);
            if (!unknown.isEmpty()) {
                answer(unknown(id, texts(unknown)));
                return;
            }
            whenKnown.accept(asked);
            answer(new Reply.Services(id, board.sequence(), statuses(fleet, asked)));
        }));
    }

    private void watch(Set<ServiceName> names) {
        watching = true;
        watched = names;
    }

    private List<ServiceStatus> statuses(Fleet fleet, Set<ServiceName> names) {
        Collection<ServiceSituation> situations = names.isEmpty()
                ? fleet.services()
                : names.stream().map(name -> fleet.service(name).orElseThrow()).toList();
        List<ServiceStatus> statuses = new ArrayList<>(situations.size());
        situations.forEach(situation -> statuses.add(report.of(situation)));
        return statuses;
    }

    private void answer(Reply reply) {
        answerOwed = false;
        ChannelHandlerContext context = channel;
        if (context == null) {
            return;
        }
        write(ProtocolCodec.encode(reply));
        takeRequests(context);
    }

    private void write(byte[] line) {
        ChannelHandlerContext context = channel;
        if (context == null) {
            return;
        }
        unreadBytes += line.length;
        context.write(Unpooled.wrappedBuffer(line)).addListener(_ -> written(line.length));
        board.hasWritten(this);
        hold(line.length);
    }

    private void written(int bytes) {
        if (channel != null) {
            unreadBytes -= bytes;
            hold(-bytes);
        }
    }

    private void cutOff(ChannelHandlerContext context, String reason) {
        DaemonMessage goodbye = new Notice.Goodbye(reason);
        context.channel().config().setAutoRead(false);
        context.writeAndFlush(Unpooled.wrappedBuffer(ProtocolCodec.encode((Notice) goodbye)))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private static Reply reply(long id, Answer answer) {
        return switch (answer) {
            case Answer.Accepted() -> new Reply.Accepted(id);
            case Answer.UnknownServices(List<ServiceName> names) -> unknown(id, texts(names));
            case Answer.ShuttingDown() ->
                new Reply.Refused(id, Refusal.SHUTTING_DOWN, "reeved is shutting down and starts nothing any more");
        };
    }

    private static Reply unknown(long id, List<String> names) {
        String list = String.join(", ", names);
        String reason = names.size() == 1 ? "there is no service " + list : "there are no services " + list;
        return new Reply.Refused(id, Refusal.UNKNOWN_SERVICE, reason);
    }

    /// Those that no service can be named.
    private static List<String> impossible(List<String> names) {
        return names.stream().filter(name -> !ServiceName.isValid(name)).toList();
    }

    private static Set<ServiceName> serviceNames(List<String> names) {
        Set<ServiceName> serviceNames = new TreeSet<>();
        names.forEach(name -> serviceNames.add(new ServiceName(name)));
        return serviceNames;
    }

    private static List<String> texts(List<ServiceName> names) {
        return names.stream().map(ServiceName::text).toList();
    }
}
