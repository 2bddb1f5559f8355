package dev.reeve.daemon.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;

/// Writes each message as a line to standard error from a thread of its own: a console under ^S or a full pipe stops
/// that thread, and nobody else.
///
/// Keeps at most 1,000 lines that could not be written yet; what is more is dropped, and the number told with the next
/// line.
public final class StandardErrorLog implements Log, AutoCloseable {
    private static final int LINES_MAX = 1_000;
    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(1);

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final Thread writer = new Thread(this::write, "log");
    private int dropped;
    private boolean closing;

    public StandardErrorLog() {
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void info(String message) {
        add("reeved: info: " + message);
    }

    @Override
    public void warning(String message) {
        add("reeved: warning: " + message);
    }

    @Override
    public void bug(String message, Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        add("reeved: internal error: " + message + ": " + trace.toString().stripTrailing());
    }

    /// Waits until what was said has been written, but for no longer than a second.
    @Override
    public void close() {
        synchronized (lines) {
            closing = true;
            lines.notifyAll();
        }
        try {
            writer.join(CLOSING_PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(String line) {
        synchronized (lines) {
            if (lines.size() >= LINES_MAX) {
                dropped++;
                return;
            }
            lines.add(line);
            lines.notifyAll();
        }
    }

    private void write() {
        // Never closed: descriptor 2 is the process's, not ours.
        FileOutputStream standardError = new FileOutputStream(FileDescriptor.err);
        while (true) {
            String batch = nextBatch();
            if (batch.isEmpty()) {
                return;
            }
            try {
                standardError.write(batch.getBytes(StandardCharsets.UTF_8));
            } catch (IOException _) {
                // Nobody reads any more (EPIPE), or the disk is full: there is nowhere left to say so.
            }
        }
    }

    /// All that there is to write, as lines; empty at the end.
    private String nextBatch() {
        synchronized (lines) {
            while (lines.isEmpty() && !closing) {
                try {
                    lines.wait();
                } catch (InterruptedException _) {
                    closing = true;
                }
            }
            StringBuilder batch = new StringBuilder();
            lines.forEach(line -> batch.append(line).append('\n'));
            lines.clear();
            if (dropped > 0) {
                batch.append("reeved: warning: " + dropped + " messages were dropped because nobody read them\n");
                dropped = 0;
            }
            return batch.toString();
        }
    }
}
