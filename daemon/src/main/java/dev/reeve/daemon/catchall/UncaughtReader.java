package dev.reeve.daemon.catchall;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.OutputFiles;
import dev.reeve.bridge.PipeEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The daemon in the place of the catch-all logger: reads the fifo on the loop, a little at a time, and writes what
/// comes out of it to a [LogDirectory].
///
/// Its files take memory and no disk, or there are none: writing to a disk would have the loop wait for it. Where there
/// is no such directory, or no room in it, lines are dropped, and their number told on the console: those who write
/// must not be kept waiting for ever.
final class UncaughtReader implements PipeEnd.Listener, AutoCloseable {
    private static final int BYTES_A_TURN = 16 * 1024;

    /// What the fifo may hold at the end, and a little more: whoever is still writing then is not waited for.
    private static final int BYTES_AT_THE_END_MAX = 1024 * 1024;

    private final Kernel kernel;
    private final Console console;
    private final PipeEnd fifo;
    private final @Nullable LogDirectory log;
    private final LineCutter cutter = new LineCutter(this::keep);
    private long dropped;
    private long toldAt = 1;

    private UncaughtReader(Kernel kernel, Console console, int fd, @Nullable LogDirectory log) {
        this.kernel = kernel;
        this.console = console;
        this.log = log;
        this.fifo = new PipeEnd(kernel, fd, BYTES_A_TURN, this);
    }

    /// Begins to read. The descriptor is one that does not block, and the reader's from now on.
    static UncaughtReader begin(Kernel kernel, EventLoop loop, Console console, int fd, Path directory)
            throws ErrnoException {
        UncaughtReader reader = new UncaughtReader(kernel, console, fd, inMemory(directory, console));
        try {
            loop.watch(reader.fifo);
            return reader;
        } catch (ErrnoException e) {
            reader.fifo.close();
            throw e;
        }
    }

    private static @Nullable LogDirectory inMemory(Path directory, Console console) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (OutputFiles.isInMemory(directory.toString())) {
                return new LogDirectory(directory, InstantSource.system());
            }
            refuse(console, directory + " is not on a tmpfs, and reeved writes no log to a disk");
        } catch (IOException | ErrnoException e) {
            refuse(console, directory + " cannot be used (" + e.getMessage() + ")");
        }
        return null;
    }

    private static void refuse(Console console, String reason) {
        console.write(List.of("reeved: warning: " + reason + ": what services without a logger say is dropped; mount a"
                + " tmpfs there, or have a service s6-svscan-log"));
    }

    /// Whether what it reads is kept.
    boolean keeps() {
        return log != null;
    }

    /// Whether there is nobody any more who could write.
    boolean hasEnded() {
        return fifo.isClosed();
    }

    @Override
    public void onBytes(byte[] bytes) {
        cutter.take(bytes);
    }

    /// The machine ends: the daemon writes no more ([CatchAllFifo#endOutput]), and everybody else who could has ended.
    @Override
    public void onEnd() {
        // What has been read is kept, and that was all.
    }

    @Override
    public void onFailed(ErrnoException cause) {
        console.write(List.of("reeved: warning: the catch-all fifo cannot be read any more: " + cause.getMessage()));
    }

    private void keep(byte[] line) {
        if (log == null) {
            drop("nobody keeps them");
            return;
        }
        try {
            log.append(line);
        } catch (IOException e) {
            drop(String.valueOf(e.getMessage()));
        }
    }

    /// Told at the first, the tenth, the hundredth, and so on.
    private void drop(String reason) {
        dropped++;
        if (dropped == toldAt) {
            toldAt *= 10;
            console.write(List.of("reeved: warning: dropped so far of what services without a logger say: " + dropped
                    + (dropped == 1 ? " line: " : " lines: ") + reason));
        }
    }

    /// Reads no more, and what is in the fifo is another's.
    void leave() {
        fifo.close();
        finish();
    }

    /// Reads what there is, and then no more.
    @Override
    public void close() {
        if (!fifo.isClosed()) {
            readRest();
        }
        leave();
    }

    private void readRest() {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(BYTES_A_TURN);
            int read = 0;
            for (int length = kernel.read(fifo.fd(), buffer);
                    length > 0 && read < BYTES_AT_THE_END_MAX;
                    length = kernel.read(fifo.fd(), buffer.clear())) {
                cutter.take(Arrays.copyOf(buffer.array(), length));
                read += length;
            }
        } catch (ErrnoException e) {
            onFailed(e);
        }
    }

    private void finish() {
        cutter.end();
        if (log != null) {
            try {
                log.close();
            } catch (IOException e) {
                console.write(List.of(
                        "reeved: warning: the log of what nobody caught was not closed in order: " + e.getMessage()));
            }
        }
    }
}
