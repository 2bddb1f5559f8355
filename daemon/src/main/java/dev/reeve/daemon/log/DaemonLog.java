package dev.reeve.daemon.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Hands each message to a [LogSink] from a thread of its own: a console under ^S or a full pipe stops that thread, and
/// nobody else.
///
/// Keeps at most 1,000 messages that the sink has not taken yet; what is more is dropped, and the number told with the
/// next one. What floods the log is counted instead ([FloodGate]).
public final class DaemonLog implements Log, AutoCloseable {
    private static final int MESSAGES_MAX = 1_000;
    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(1);

    private final ArrayDeque<String> messages = new ArrayDeque<>();
    private final FloodGate gate = new FloodGate(System.nanoTime());
    private final LogSink sink;
    private final Thread writer = new Thread(this::write, "log");
    private int dropped;
    private boolean woken;
    private boolean closing;

    /// Who says the same again and again wakes the writer once, to count on.
    private long writerSleepsUntil = FloodGate.NEVER;

    /// Writes to standard error.
    public DaemonLog() {
        this(new StandardErrorSink());
    }

    public DaemonLog(LogSink sink) {
        this.sink = sink;
        writer.setDaemon(true);
        writer.start();
    }

    /// The sink can do what it could not do before.
    public void wakeSink() {
        synchronized (messages) {
            woken = true;
            messages.notifyAll();
        }
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
        synchronized (messages) {
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
        synchronized (messages) {
            closing = true;
            // The sink has a last call even if nothing is left to be said.
            woken = true;
            messages.notifyAll();
        }
        try {
            writer.join(CLOSING_PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// What follows the line is told with it, and never repeated.
    private void tell(String line, String more) {
        synchronized (messages) {
            if (gate.admits(line, System.nanoTime())) {
                add(line + more);
            } else if (gate.nextDue() < writerSleepsUntil) {
                // The writer looks anew until when it may sleep.
                messages.notifyAll();
            }
        }
    }

    private void add(String line) {
        if (messages.size() >= MESSAGES_MAX) {
            dropped++;
            return;
        }
        messages.add(line);
        messages.notifyAll();
    }

    /// The frames below the line that names the exception.
    private static String traceOf(String printed) {
        return printed.lines()
                .skip(1)
                .map(frame -> "\n\t" + Printable.of(frame.strip()))
                .collect(Collectors.joining());
    }

    private void write() {
        @Nullable List<String> batch = nextBatch();
        while (batch != null) {
            sink.write(batch);
            batch = nextBatch();
        }
    }

    /// All that there is to write, which may be nothing where the sink wants to be called; null at the end.
    private @Nullable List<String> nextBatch() {
        long again = moment(sink.againInNanos());
        synchronized (messages) {
            gate.due(System.nanoTime()).forEach(this::add);
            while (messages.isEmpty() && !closing && !woken && !hasPassed(again)) {
                awaitNews(again);
                gate.due(System.nanoTime()).forEach(this::add);
            }
            if (closing) {
                gate.rest().forEach(this::add);
            }
            if (closing && messages.isEmpty() && !woken) {
                return null;
            }
            woken = false;
            List<String> batch = new ArrayList<>(messages);
            messages.clear();
            if (dropped > 0) {
                batch.add("reeved: warning: " + dropped + " messages were dropped because nobody read them");
                dropped = 0;
            }
            return batch;
        }
    }

    private static long moment(long inNanos) {
        return inNanos == LogSink.NEVER ? LogSink.NEVER : System.nanoTime() + inNanos;
    }

    private static boolean hasPassed(long moment) {
        return moment != LogSink.NEVER && System.nanoTime() - moment >= 0;
    }

    private void awaitNews(long again) {
        long due = Math.min(gate.nextDue(), again);
        writerSleepsUntil = due;
        try {
            if (due == FloodGate.NEVER) {
                messages.wait();
                return;
            }
            long nanos = due - System.nanoTime();
            if (nanos > 0) {
                TimeUnit.NANOSECONDS.timedWait(messages, nanos);
            }
        } catch (InterruptedException _) {
            closing = true;
        }
    }
}
