package dev.reeve.daemon.control;

import dev.reeve.bridge.EpollLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.fleet.Letter;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollDomainSocketChannelConfig;
import io.netty.channel.unix.PeerCredentials;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Listens on the control socket, and on that for readers if there are any, and gives every connection its
/// [ControlSession]; tells those that watch of every change. Runs on the loop.
public final class ControlServer implements ChangeWatcher, AutoCloseable {
    /// accept(2) may fail for a moment only, while the limit on descriptors is lowered for a spawn (decision 002): so
    /// often it is tried again soon, and nothing is said of it.
    private static final int ACCEPT_FAILURES_OF_A_MOMENT = 4;

    private static final int ACCEPT_SHORT_PAUSE_MILLIS = 10;

    /// After that there is a want of descriptors, most likely.
    private static final int ACCEPT_PAUSE_MILLIS = 100;

    /// How long clients wait for the first services at most: a disk that hangs is no reason not to answer them.
    private static final int FIRST_SERVICES_PATIENCE_MILLIS = 5_000;

    /// So many connections there may be; the last quarter of them is for root and the daemon's own user.
    private static final int CLIENTS_MAX = 2_000;

    private static final int CLIENTS_OF_OTHERS_MAX = CLIENTS_MAX / 4 * 3;

    private static final int READ_BYTES = 4 * 1024;

    /// A channel is writable while it holds nothing at all: what waits, waits in [OutgoingLines].
    private static final WriteBufferWaterMark NOTHING = new WriteBufferWaterMark(1, 1);

    /// No arenas: for the little that clients say, they would cost more than they bring.
    private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

    private final EventLoopGroup group;
    private final Inbox inbox;
    private final Log log;
    private final int ownUser;
    private final boolean openToGroup;
    private final NoticeBoard board;
    private final RequestDesk desk;
    private final Audit audit;
    private final ListeningSocket control;
    private final Optional<ListeningSocket> readers;
    private final ScheduledFuture<?> patience;

    /// Listens, but answers nobody before [#accept]. Throws an IOException that says what to do when the sockets
    /// cannot be had.
    public ControlServer(
            EpollLoop loop, Kernel kernel, Inbox inbox, DaemonParts parts, Log log, ControlSettings settings)
            throws IOException {
        this.group = loop.netty();
        this.inbox = inbox;
        this.log = log;
        this.ownUser = kernel.effectiveUser();
        this.openToGroup = settings.group().isPresent();
        Supplier<Moment> clock = () -> new Moment(kernel.monotonicNanos());
        StatusReport report = new StatusReport(clock, Instant::now, parts.times());
        this.board = new NoticeBoard(report, ClientMemory.ofThisProcess(), log);
        this.audit = new Audit(log, clock, this::inASecond);
        DebugDesk debug = new DebugDesk(inbox, board, parts, new DebugReports(group));
        this.desk = new RequestDesk(inbox, board, report, parts, debug, audit, Instant::now);
        this.control = new ListeningSocket(group, settings.socket(), settings.group(), new Acceptor(Rights.ALL), log);
        this.readers = readers(settings);
        this.patience = group.schedule(this::accept, FIRST_SERVICES_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// The first services are known, so clients are answered from now on: one who came a moment too soon would be told
    /// that there is no such service.
    public void accept() {
        patience.cancel(false);
        control.accept();
        readers.ifPresent(ListeningSocket::accept);
    }

    @Override
    public void changed(ServiceSituation situation) {
        board.changed(situation);
    }

    @Override
    public void forgotten(ServiceName name) {
        board.forgotten(name);
        desk.forgotten(name);
    }

    /// This was asked for through the service's `supervise/control`, nobody knows by whom, and is done.
    public void asked(ServiceName name, Letter letter) {
        desk.asked(name, letter);
    }

    @Override
    public void turnEnded() {
        board.turnEnded();
    }

    /// Listens no more, and takes the sockets' names away.
    @Override
    public void close() {
        audit.close();
        control.close();
        readers.ifPresent(ListeningSocket::close);
    }

    private Optional<ListeningSocket> readers(ControlSettings settings) throws IOException {
        if (settings.readers().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ListeningSocket(
                    group, settings.readersSocket(), settings.readers(), new Acceptor(Rights.LOOK), log));
        } catch (IOException e) {
            control.close();
            throw e;
        }
    }

    private void inASecond(Runnable task) {
        ScheduledFuture<?> _ = group.schedule(task, 1, TimeUnit.SECONDS);
    }

    /// Why this peer may not connect, or null if it may. A socket that is open to a group is guarded by its file's
    /// permissions: SO_PEERCRED tells of one group only, and a peer may be a member of many.
    private @Nullable String refusal(Peer peer, Rights rights) {
        boolean isOwn = peer.uid() == 0 || peer.uid() == ownUser;
        if (!isOwn && rights == Rights.ALL && !openToGroup) {
            return "user " + Integer.toUnsignedString(peer.uid()) + " may not control this daemon, only root and user "
                    + ownUser + " may: start it with --group to let a group in";
        }
        if (board.sessions() >= (isOwn ? CLIENTS_MAX : CLIENTS_OF_OTHERS_MAX)) {
            return "there are " + board.sessions() + " connections already: close some, or try again later";
        }
        return null;
    }

    /// Registers each connection with the loop.
    private final class Acceptor extends InboundHandler {
        private final Rights rights;
        private int failures;

        Acceptor(Rights rights) {
            this.rights = rights;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            EpollDomainSocketChannel connection = (EpollDomainSocketChannel) message;
            failures = 0;
            try {
                Peer peer = peer(connection);
                configure(connection.config());
                connection
                        .pipeline()
                        .addLast(new ControlSession(inbox, board, desk, peer, rights, refusal(peer, rights)));
                group.register(connection).addListener(registered -> {
                    if (!registered.isSuccess()) {
                        connection.unsafe().closeForcibly();
                    }
                });
            } catch (IOException e) {
                connection.unsafe().closeForcibly();
                log.warning("a client was turned away, because the kernel does not say who it is: " + e.getMessage());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failures++;
            boolean lasts = failures > ACCEPT_FAILURES_OF_A_MOMENT;
            if (failures == ACCEPT_FAILURES_OF_A_MOMENT + 1) {
                log.warning(
                        "clients cannot be accepted (" + cause.getMessage() + "); it is tried again until they can");
            }
            context.channel().config().setAutoRead(false);
            ScheduledFuture<?> _ = context.executor()
                    .schedule(
                            () -> context.channel().config().setAutoRead(true),
                            lasts ? ACCEPT_PAUSE_MILLIS : ACCEPT_SHORT_PAUSE_MILLIS,
                            TimeUnit.MILLISECONDS);
        }

        private static Peer peer(EpollDomainSocketChannel connection) throws IOException {
            PeerCredentials credentials = connection.peerCredentials();
            return new Peer(credentials.uid(), credentials.gids()[0], credentials.pid());
        }

        private static void configure(EpollDomainSocketChannelConfig config) {
            config.setAllocator(ALLOCATOR);
            config.setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES));
            config.setWriteBufferWaterMark(NOTHING);
            config.setAllowHalfClosure(true);
        }
    }
}
