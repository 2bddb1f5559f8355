package dev.reeve.daemon.control;

import dev.reeve.daemon.log.Log;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
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
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;

/// A unix socket that listens, and its file: whoever may write to that may connect (unix(7)).
final class ListeningSocket implements AutoCloseable {
    /// The length of sockaddr_un's path, less its final NUL (unix(7)).
    private static final int PATH_BYTES_MAX = 107;

    private final EpollServerDomainSocketChannel channel;
    private final Path path;
    private final Log log;

    /// Listens at `path`, for this user and for the members of `group`, a name or a number, if there is one; who
    /// comes before [#accept] waits. Throws an IOException that says what to do when another daemon listens
    /// there, there is no such group, or it cannot be bound.
    ListeningSocket(EventLoopGroup loop, Path path, Optional<String> group, ChannelHandler acceptor, Log log)
            throws IOException {
        this.path = path;
        this.log = log;
        this.channel = new EpollServerDomainSocketChannel();
        requireFree(path);
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(acceptor);
        await(loop.register(channel));
        bind(path);
        try {
            open(path, group);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// Takes up connections from now on.
    void accept() {
        channel.config().setAutoRead(true);
    }

    /// Listens no more, and takes the socket's name away.
    @Override
    public void close() {
        ChannelFuture _ = channel.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warning("the socket " + path + " is left behind: " + e.getMessage());
        }
    }

    private void bind(Path path) throws IOException {
        try {
            await(channel.bind(new DomainSocketAddress(path.toString())));
        } catch (IOException e) {
            throw new IOException(
                    "the control socket " + path + " cannot be bound (" + e.getMessage()
                            + "): is its directory there, and may this user write to it?",
                    e);
        }
    }

    private static void open(Path path, Optional<String> group) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        if (group.isPresent()) {
            giveTo(path, group.get());
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        }
    }

    private static void giveTo(Path path, String group) throws IOException {
        try {
            if (group.matches("[0-9]{1,9}")) {
                // The machine's name services need not be there yet.
                Files.setAttribute(path, "unix:gid", Integer.parseInt(group));
                return;
            }
            Files.getFileAttributeView(path, PosixFileAttributeView.class)
                    .setGroup(
                            path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group));
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException("there is no group " + group + ": name one that exists, or give its number", e);
        } catch (IOException e) {
            throw new IOException(
                    "the socket " + path + " cannot be given to the group " + group + " (" + e.getMessage()
                            + "): run reeved as root or as a member of the group",
                    e);
        }
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
            throw new IOException("the path of the socket " + path + " has " + length
                    + " bytes, and the kernel takes at most " + PATH_BYTES_MAX
                    + ": choose a shorter one with --run or --socket");
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
}
