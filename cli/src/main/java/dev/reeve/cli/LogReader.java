package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/// Reads one log: its last lines, and then what comes, from file to file as the logger begins new ones.
final class LogReader implements AutoCloseable {
    private static final int BLOCK_BYTES = 64 * 1024;

    /// What one log may say before the others have their turn.
    private static final int TURN_BYTES = 1024 * 1024;

    /// In a rotation there is no newest file for a moment.
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final RotatedLog log;
    private final LogLines lines;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    private LogFile file;
    private long position;

    /// Opens what is written now.
    LogReader(RotatedLog log, LogLines.Sink sink) throws IOException {
        this.log = log;
        this.lines = new LogLines(sink);
        Deadline deadline = Deadline.after(MOMENT);
        Optional<LogFile> newest = log.openNewest();
        while (newest.isEmpty() && !deadline.hasPassed()) {
            Thread.onSpinWait();
            newest = log.openNewest();
        }
        this.file =
                newest.orElseThrow(() -> new NoSuchFileException(log.newest().toString()));
    }

    RotatedLog log() {
        return log;
    }

    /// Hands over the last of what there is now, at most so many lines. Those that are missing in the newest
    /// file are sought in the older ones; returns the first of these that is compressed, at which the search
    /// ends.
    Optional<Path> readLast(long linesMax) throws IOException, ClientFailure {
        long size = file.size();
        LogTail tail = LogTail.of(file, size, linesMax);
        Optional<Path> compressed = readOlder(linesMax - tail.lines());
        position = tail.begin();
        read(size);
        return compressed;
    }

    private Optional<Path> readOlder(long linesMax) throws IOException, ClientFailure {
        Deque<LogFile> older = new ArrayDeque<>();
        try {
            Deque<LogTail> tails = new ArrayDeque<>();
            Optional<Path> compressed = Optional.empty();
            long missing = linesMax;
            Iterator<Path> paths = log.olderThan(file).iterator();
            while (missing > 0 && compressed.isEmpty() && paths.hasNext()) {
                Path path = paths.next();
                LogFile opened = LogFile.open(path, "").orElse(null);
                if (opened == null) {
                    break;
                }
                older.push(opened);
                if (opened.isCompressed()) {
                    compressed = Optional.of(path);
                    tails.push(new LogTail(opened.size(), 0));
                } else {
                    tails.push(LogTail.of(opened, opened.size(), missing));
                }
                missing -= tails.element().lines();
            }
            for (LogFile each : older) {
                read(each, tails.pop().begin(), each.size());
                lines.end();
            }
            return compressed;
        } finally {
            for (LogFile each : older) {
                each.close();
            }
        }
    }

    /// Hands over what has come since, or a good part of it. Tells whether there is more already.
    boolean readOn() throws IOException, ClientFailure {
        // Looked for before the rest is read: to a file that has a successor, nothing is added any more.
        Optional<LogFile> next = log.after(file);
        long size = file.size();
        if (size < position) {
            // Truncated, and written from the beginning again.
            position = 0;
            lines.forget();
        }
        long end = Math.min(size, position + TURN_BYTES);
        read(end);
        if (next.isEmpty()) {
            return end < size;
        }
        if (end < size) {
            next.get().close();
            return true;
        }
        lines.end();
        file.close();
        file = next.get();
        position = 0;
        return true;
    }

    /// What has no newline yet will get none.
    void end() throws ClientFailure {
        lines.end();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void read(long end) throws IOException, ClientFailure {
        position = read(file, position, end);
    }

    private long read(LogFile from, long begin, long end) throws IOException, ClientFailure {
        long at = begin;
        while (at < end) {
            block.clear().limit((int) Math.min(BLOCK_BYTES, end - at));
            int read = from.read(block, at);
            if (read < 0) {
                break;
            }
            lines.take(block.array(), 0, read);
            at += read;
        }
        return at;
    }
}
