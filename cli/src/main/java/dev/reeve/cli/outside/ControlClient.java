package dev.reeve.cli.outside;

import dev.reeve.protocol.DaemonMessage;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// One connection to the daemon. Asks, and hands out what the daemon tells; waits no longer than it is told to.
public final class ControlClient implements AutoCloseable {

    /// The daemon answers at once; one that takes this long hangs.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ReceivedLines received = new ReceivedLines();
    private final Notice.Greeting greeting;
    private long lastId;

    private ControlClient(SocketChannel channel) throws IOException, ClientFailure {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
        greeting = readGreeting();
    }

    /// Connects and hears the greeting. `start` is the command that would start a daemon there.
    public static ControlClient connect(Path socket, String start) throws ClientFailure {
        SocketChannel channel = null;
        ControlClient client = null;
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            client = new ControlClient(channel);
            return client;
        } catch (IOException e) {
            throw unreachable(socket, e, start);
        } finally {
            if (client == null) {
                close(channel);
            }
        }
    }

    private static ClientFailure unreachable(Path socket, IOException failure, String start) {
        // EACCES of the socket, or of a folder on the way to it.
        if (String.valueOf(failure.getMessage()).equals("Permission denied")) {
            return new NotAllowed(
                    "you may not open " + socket + ": be root or the daemon's user, or have it started with --group");
        }
        String sentence = Files.isRegularFile(socket) || Files.isDirectory(socket)
                ? socket + " is no socket: name the daemon's with --socket FILE, or set REEVE_SOCKET"
                : "no daemon answers at " + socket + " (" + failure.getMessage() + "). To start one: " + start;
        return new ClientFailure(ExitCode.UNREACHABLE, sentence);
    }

    /// Who answered.
    public Notice.Greeting greeting() {
        return greeting;
    }

    /// Sends the request that is made with the id given, and returns its answer. What is told before it goes to
    /// `meanwhile`.
    public Reply ask(LongFunction<Request> request, Consumer<Notice> meanwhile) throws ClientFailure {
        return ask(request, meanwhile, Deadline.after(ANSWER_TIMEOUT)).orElseThrow(ControlClient::hangs);
    }

    /// As [#ask(LongFunction, Consumer)], for what a slow disk may have to answer: nothing where it has not by then.
    public Optional<Reply> ask(LongFunction<Request> request, Consumer<Notice> meanwhile, Deadline deadline)
            throws ClientFailure {
        long id = ++lastId;
        send(ProtocolCodec.encode(request.apply(id)), deadline);
        while (true) {
            Optional<DaemonLine> line = next(deadline);
            if (line.isEmpty()) {
                return Optional.empty();
            }
            DaemonMessage message = line.get().message();
            if (message instanceof Reply reply && reply.id() == id) {
                return Optional.of(reply);
            }
            if (message instanceof Notice notice) {
                meanwhile.accept(notice);
            }
        }
    }

    /// As [#ask], where a refusal ends the command.
    public Reply demand(LongFunction<Request> request, Consumer<Notice> meanwhile) throws ClientFailure {
        return granted(ask(request, meanwhile), request);
    }

    /// As [#demand(LongFunction, Consumer)]: nothing where there was no answer by then.
    public Optional<Reply> demand(LongFunction<Request> request, Consumer<Notice> meanwhile, Deadline deadline)
            throws ClientFailure {
        Optional<Reply> reply = ask(request, meanwhile, deadline);
        return reply.isEmpty() ? reply : Optional.of(granted(reply.get(), request));
    }

    private Reply granted(Reply reply, LongFunction<Request> request) throws ClientFailure {
        if (reply instanceof Reply.Refused(long _, Reply.Refusal refusal, String reason)) {
            throw switch (refusal) {
                case UNKNOWN_SERVICE -> unknownService(request.apply(reply.id()).services(), reason);
                case BAD_REQUEST, NOT_RUNNING, NOT_ALLOWED, NOT_AVAILABLE, SHUTTING_DOWN, INTERNAL_ERROR ->
                    new ClientFailure(ExitCode.FAILED, reason);
            };
        }
        return reply;
    }

    /// Looks which services there are: one of them may have been meant.
    private ClientFailure unknownService(List<String> asked, String reason) throws ClientFailure {
        if (ask(id -> new Request.Status(id, List.of()), _ -> {}) instanceof Reply.Services all) {
            List<String> known =
                    all.services().stream().map(ServiceStatus::name).toList();
            for (String name : asked) {
                if (!known.contains(name)) {
                    return ServiceNames.unknown(name, known);
                }
            }
        }
        return new ClientFailure(ExitCode.UNKNOWN_SERVICE, reason);
    }

    /// As [#demand], for requests whose answer lists services.
    public Reply.Services demandServices(LongFunction<Request> request) throws ClientFailure {
        if (demand(request, _ -> {}) instanceof Reply.Services services) {
            return services;
        }
        throw unexpected();
    }

    /// For an answer of another kind than the request's.
    public static ClientFailure unexpected() {
        return new ClientFailure(
                ExitCode.UNREACHABLE, "the daemon answers something else than was asked: is it newer than reeve?");
    }

    /// The next line, or nothing once the deadline has passed. A daemon that says goodbye, closes the connection
    /// or talks nonsense ends the command.
    public Optional<DaemonLine> next(Deadline deadline) throws ClientFailure {
        Optional<DaemonLine> line = line(deadline);
        if (line.isPresent() && line.get().message() instanceof Notice.Goodbye(String reason)) {
            throw new DaemonGone("the daemon ended the connection: " + reason);
        }
        return line;
    }

    private Optional<DaemonLine> line(Deadline deadline) throws ClientFailure {
        byte[] line = nextBytes(deadline);
        if (line == null) {
            return Optional.empty();
        }
        DaemonMessage message = ProtocolCodec.decodeMessage(line, 0, line.length);
        return switch (message) {
            case DaemonMessage.Garbled(String reason) ->
                throw new ClientFailure(ExitCode.UNREACHABLE, "what answers is no reeve daemon: " + reason);
            case Reply _, Notice _, DaemonMessage.Unknown _ -> Optional.of(new DaemonLine(line, message));
        };
    }

    @Override
    public void close() {
        close(selector);
        close(channel);
    }

    private Notice.Greeting readGreeting() throws ClientFailure {
        DaemonLine line = line(Deadline.after(ANSWER_TIMEOUT)).orElseThrow(ControlClient::hangs);
        if (line.message() instanceof Notice.Goodbye(String reason)) {
            throw new ClientFailure(ExitCode.FAILED, "the daemon refuses: " + reason);
        }
        if (!(line.message() instanceof Notice.Greeting hello)) {
            throw new ClientFailure(ExitCode.UNREACHABLE, "what answers is no reeve daemon: it does not greet");
        }
        if (hello.protocol() != ProtocolCodec.PROTOCOL_VERSION) {
            throw new ClientFailure(
                    ExitCode.UNREACHABLE,
                    "the daemon is reeve " + hello.version() + " and speaks protocol "
                            + hello.protocol() + ", this client protocol " + ProtocolCodec.PROTOCOL_VERSION
                            + ": use the reeve that came with it");
        }
        return hello;
    }

    private void send(byte[] line, Deadline deadline) throws ClientFailure {
        ByteBuffer rest = ByteBuffer.wrap(line);
        try {
            while (channel.write(rest) >= 0 && rest.hasRemaining()) {
                if (deadline.hasPassed()) {
                    throw hangs();
                }
                await(SelectionKey.OP_WRITE, deadline);
            }
        } catch (IOException e) {
            throw new DaemonGone("the daemon is gone: " + e.getMessage());
        }
    }

    private byte @Nullable [] nextBytes(Deadline deadline) throws ClientFailure {
        try {
            while (true) {
                byte[] line = received.next();
                if (line != null) {
                    return line;
                }
                int read = channel.read(received.free());
                if (read < 0) {
                    throw new DaemonGone("the daemon is gone");
                }
                if (read == 0) {
                    if (deadline.hasPassed()) {
                        return null;
                    }
                    await(SelectionKey.OP_READ, deadline);
                }
            }
        } catch (IOException e) {
            throw new DaemonGone("the daemon is gone: " + e.getMessage());
        }
    }

    private void await(int operation, Deadline deadline) throws IOException {
        key.interestOps(operation);
        selector.select(deadline.remaining().plusMillis(1).toMillis());
        selector.selectedKeys().clear();
    }

    private static ClientFailure hangs() {
        return new ClientFailure(
                ExitCode.UNREACHABLE, "the daemon does not answer, which it should within milliseconds: it hangs");
    }

    private static void close(@Nullable AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            // Nothing is left to be done with it.
        }
    }
}
