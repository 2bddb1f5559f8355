package dev.reeve.daemon.control;

import dev.reeve.bridge.EpollLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Moment;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Listens on the control socket and gives every connection its [ControlSession]. Runs on the loop.
public final class ControlServer implements AutoCloseable {
    /// The length of sockaddr_un's path, less its final NUL (unix(7)).
    private static final int PATH_BYTES_MAX = 107;

    /// After accept(2) failed, for want of a descriptor most likely, it is tried again this much later.
    private static final int ACCEPT_PAUSE_MILLIS = 100;

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final EventLoopGroup group;
    private final Inbox inbox;
    private final DaemonIdentity identity;
    private final Log log;
    private final StatusReport report;
    private final NoticeBoard board;
    private final Path path;
    private final Channel server;

    /// Listens at `path`, which only this user may open. Throws an IOException that says what to do when another
    /// daemon listens there, or it cannot be bound.
    public ControlServer(EpollLoop loop, Kernel kernel, Inbox inbox, DaemonIdentity identity, Log log, Path path)
            throws IOException {
        this.group = loop.netty();
        this.inbox = inbox;
        this.identity = identity;
        this.log = log;
        this.path = path;
        this.report = new StatusReport(() -> new Moment(kernel.monotonicNanos()), Instant::now);
        this.board = new NoticeBoard(report);
        requireFree(path);
        this.server = listen(path);
    }

    /// Who is to be told of changes, for the clients that watch.
    public ChangeWatcher watcher() {
        return board;
    }

    /// Listens no more, and takes the socket's name away.
    @Override
    public void close() {
        ChannelFuture _ = server.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warning("the control socket is left behind: " + e.getMessage());
        }
    }

    private Channel listen(Path path) throws IOException {
        EpollServerDomainSocketChannel channel = new EpollServerDomainSocketChannel();
        channel.pipeline().addLast(new Acceptor());
        await(group.register(channel));
        try {
            await(channel.bind(new DomainSocketAddress(path.toString())));
        } catch (IOException e) {
            throw new IOException(
                    "the control socket " + path + " cannot be bound (" + e.getMessage()
                            + "): is its directory there, and may this user write to it?",
                    e);
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return channel;
    }

    /// The loop's thread is this one, so what it is asked to do is done when the call returns.
    private static void await(ChannelFuture future) throws IOException {
        Throwable cause = future.cause();
        if (cause != null) {
            throw new IOException(cause.getMessage(), cause);
        }
        if (!future.isDone()) {
            throw new IllegalStateException("the loop's own thread was made to wait");
        }
    }

    private static void requireFree(Path path) throws IOException {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > PATH_BYTES_MAX) {
            throw new IOException("the socket's path has " + length + " bytes, and the kernel takes at most "
                    + PATH_BYTES_MAX + ": choose a shorter one with --socket");
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new IOException(path + " is there and is not a socket: remove it, or choose another with --socket");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException _) {
            // Nobody listens: it was left behind by a daemon that was killed.
            Files.delete(path);
            return;
        }
        throw new IOException("another reeved listens on " + path + ": stop it first (reeve --socket " + path
                + " shutdown), or choose another with --run or --socket");
    }

    /// Registers each connection with the loop.
    private final class Acceptor extends ChannelInboundHandlerAdapter {
        private boolean failing;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel connection = (Channel) message;
            failing = false;
            connection.config().setWriteBufferWaterMark(WATER_MARK);
            // Who has said all it wants to say, as nc -N has, still wants the answers.
            connection.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            connection.pipeline().addLast(new ControlSession(inbox, board, report, identity, log));
            group.register(connection).addListener(registered -> {
                if (!registered.isSuccess()) {
                    connection.unsafe().closeForcibly();
                }
            });
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!failing) {
                log.warning(
                        "clients cannot be accepted (" + cause.getMessage() + "); it is tried again until they can");
                failing = true;
            }
            context.channel().config().setAutoRead(false);
            ScheduledFuture<?> _ = context.executor()
                    .schedule(
                            () -> context.channel().config().setAutoRead(true),
                            ACCEPT_PAUSE_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }
}
