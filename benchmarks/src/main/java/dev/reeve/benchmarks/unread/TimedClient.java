package dev.reeve.benchmarks.unread;

import dev.reeve.benchmarks.peers.Samples;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The client whose patience is measured: it asks for the status of all, reads the answer, and pauses.
final class TimedClient implements AutoCloseable {
    private static final byte[] STATUS = "{\"id\":1,\"op\":\"status\"}\n".getBytes(StandardCharsets.UTF_8);
    private static final double NANOS_A_MILLI = 1e6;

    private final SocketChannel channel;
    private final ByteBuffer request = ByteBuffer.allocateDirect(STATUS.length).put(STATUS);
    private final ByteBuffer received = ByteBuffer.allocateDirect(1 << 16);

    TimedClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        readLine();
    }

    /// How long each of so many answers took, in milliseconds.
    Samples ask(int requests, Duration pause) throws IOException {
        Samples samples = new Samples();
        for (int i = 0; i < requests; i++) {
            LockSupport.parkNanos(pause.toNanos());
            long before = System.nanoTime();
            channel.write(request.flip());
            readLine();
            samples.add((System.nanoTime() - before) / NANOS_A_MILLI);
        }
        return samples;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Nothing comes after a line before the next request.
    private void readLine() throws IOException {
        int length;
        do {
            received.clear();
            length = channel.read(received);
            if (length < 0) {
                throw new EOFException("the daemon has closed the connection of the client that is measured");
            }
        } while (received.get(length - 1) != '\n');
    }
}
