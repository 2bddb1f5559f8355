package dev.reeve.benchmarks.peers;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The reading end of the fifo on which services tell their [Stamp]s. A thread that waits here ends with a
/// ClosedByInterruptException when it is interrupted, which is how whoever measures is bounded in time.
final class Stamps implements AutoCloseable {
    private static final int STAMP_BYTES = 16;

    private final Path fifo;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(STAMP_BYTES).order(ByteOrder.nativeOrder());
    private FileChannel channel;

    /// Makes the fifo and holds it open for writing too, so that it never ends.
    Stamps(Path fifo) throws IOException {
        this.fifo = fifo;
        Commands.run("mkfifo", fifo.toString());
        channel = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /// Waits for the next stamp.
    Stamp next() throws IOException {
        bytes.clear();
        // What a service wrote at once (PIPE_BUF) arrives at once.
        if (channel.read(bytes) != STAMP_BYTES) {
            throw new EOFException("no service is left");
        }
        return new Stamp(bytes.getLong(0), bytes.getInt(8), bytes.getInt(12));
    }

    /// Waits until no process holds the fifo open any more, which every service does as long as it lives.
    void awaitAllGone() throws IOException {
        try (FileChannel _ = channel) {
            channel = FileChannel.open(fifo, StandardOpenOption.READ);
        }
        do {
            bytes.clear();
        } while (channel.read(bytes) > 0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
