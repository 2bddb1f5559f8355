package dev.reeve.daemon.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Writes each message as a line to standard error from a thread of its own: a console under ^S or a full pipe stops
/// that thread, and nobody else.
///
/// Keeps at most 1,000 lines that could not be written yet; what is more is dropped, and the number told with the next
/// line. What floods the log is counted instead ([FloodGate]).
public final class StandardErrorLog implements Log, AutoCloseable {
    private static final int LINES_MAX = 1_000;
    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(1);

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final FloodGate gate = new FloodGate(System.nanoTime());
    private final Thread writer = new Thread(this::write, "log");
    private int dropped;
    private boolean closing;

    public StandardErrorLog() {
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void info(String message) {
        tell("reeved: info: " + Printable.of(message), "");
    }

    @Override
    public void warning(String message) {
        tell("reeved: warning: " + Printable.of(message), "");
    }

    @Override
    public void bug(String message, Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        tell("reeved: internal error: " + Printable.of(message + ": " + cause), traceOf(trace.toString()));
    }

    @Override
    public void audit(String message) {
        synchronized (lines) {
            add("reeved: info: audit: " + Printable.of(message));
        }
    }

    @Override
    public void close() {
        end();
    }

    /// Waits until what was said has been written, but for no longer than a second. Nothing is written any more
    /// then.
    public void end() {
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

    /// What follows the line is told with it, and never repeated.
    private void tell(String line, String more) {
        synchronized (lines) {
            if (gate.admits(line, System.nanoTime())) {
                add(line + more);
            } else {
                // The writer looks anew until when it may sleep.
                lines.notifyAll();
            }
        }
    }

    private void add(String line) {
        if (lines.size() >= LINES_MAX) {
            dropped++;
            return;
        }
        lines.add(line);
        lines.notifyAll();
    }

    /// The frames below the line that names the exception.
    private static String traceOf(String printed) {
        return printed.lines()
                .skip(1)
                .map(frame -> "\n\t" + Printable.of(frame.strip()))
                .collect(Collectors.joining());
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
            gate.due(System.nanoTime()).forEach(this::add);
            while (lines.isEmpty() && !closing) {
                awaitNews();
                gate.due(System.nanoTime()).forEach(this::add);
            }
            if (closing) {
                gate.rest().forEach(this::add);
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

    private void awaitNews() {
        long due = gate.nextDue();
        try {
            if (due == FloodGate.NEVER) {
                lines.wait();
                return;
            }
            long nanos = due - System.nanoTime();
            if (nanos > 0) {
                TimeUnit.NANOSECONDS.timedWait(lines, nanos);
            }
        } catch (InterruptedException _) {
            closing = true;
        }
    }
}
