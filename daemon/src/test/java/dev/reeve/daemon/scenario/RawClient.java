package dev.reeve.daemon.scenario;

import dev.reeve.protocol.DaemonMessage;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ServiceStatus;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A client that speaks the control protocol by hand, one line at a time. The greeting was read when it is made.
public final class RawClient implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader reader;

    public RawClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            line();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    public void send(String line) throws IOException {
        sendBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public void sendBytes(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /// Nothing more will be sent.
    public void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    /// Sends as much of this as the kernel takes without waiting, which is nothing where the daemon has hung up;
    /// answers the number of bytes.
    public int sendWhatFits(String text) throws IOException {
        channel.configureBlocking(false);
        try {
            return channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException _) {
            return 0;
        } finally {
            channel.configureBlocking(true);
        }
    }

    public String line() throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new EOFException("the daemon closed the connection");
        }
        return line;
    }

    public DaemonMessage message() throws IOException {
        byte[] line = line().getBytes(StandardCharsets.UTF_8);
        return ProtocolCodec.decodeMessage(line, 0, line.length);
    }

    /// The status of these services, or of all.
    public List<ServiceStatus> status(String... services) throws IOException {
        send("{\"id\":1,\"op\":\"status\"" + list(services) + "}");
        return switch (message()) {
            case Reply.Services reply -> reply.services();
            case DaemonMessage other -> throw new AssertionError(other.toString());
        };
    }

    /// Sends a request with these services and gives back the answer.
    public Reply ask(String operation, String... services) throws IOException {
        send("{\"id\":1,\"op\":\"" + operation + "\"" + list(services) + "}");
        return (Reply) message();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static String list(String... names) {
        return names.length == 0
                ? ""
                : Arrays.stream(names)
                        .map(name -> '"' + name + '"')
                        .collect(Collectors.joining(",", ",\"services\":[", "]"));
    }
}
