package dev.reeve.benchmarks.peers;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A connection to a reeved that has said hello, for requests that are sent many at once. Reads lines without
/// looking at them: who measures is to be in the way as little as can be.
public final class ControlConnection implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer received = ByteBuffer.allocateDirect(1 << 16);

    public ControlConnection(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            readLines(1);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// This line, so many times, ready to be sent.
    public static ByteBuffer requests(String line, int times) {
        byte[] bytes = (line + "\n").repeat(times).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /// Asks what one service is about.
    public static String statusOf(String service) {
        return "{\"id\":1,\"op\":\"status\",\"services\":[\"" + service + "\"]}";
    }

    public void send(ByteBuffer requests) throws IOException {
        ByteBuffer left = requests.duplicate();
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    public void readLines(int lines) throws IOException {
        for (int missing = lines; missing > 0; ) {
            received.clear();
            int length = channel.read(received);
            if (length < 0) {
                throw new EOFException("the daemon has closed the connection");
            }
            for (int i = 0; i < length; i++) {
                missing -= received.get(i) == '\n' ? 1 : 0;
            }
        }
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
