package dev.reeve.benchmarks.unread;

import dev.reeve.benchmarks.peers.ControlConnection;
import dev.reeve.benchmarks.peers.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The client whose patience is measured: it asks for the status of all, reads the answer, and pauses.
final class TimedClient implements AutoCloseable {
    private static final ByteBuffer STATUS = ControlConnection.requests("{\"id\":1,\"op\":\"status\"}", 1);
    private static final double NANOS_A_MILLI = 1e6;

    private final ControlConnection connection;

    TimedClient(Path socket) throws IOException {
        connection = new ControlConnection(socket);
    }

    /// How long each of so many answers took, in milliseconds.
    Samples ask(int requests, Duration pause) throws IOException {
        Samples samples = new Samples();
        for (int i = 0; i < requests; i++) {
            LockSupport.parkNanos(pause.toNanos());
            long before = System.nanoTime();
            connection.send(STATUS);
            connection.readLines(1);
            samples.add((System.nanoTime() - before) / NANOS_A_MILLI);
        }
        return samples;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
