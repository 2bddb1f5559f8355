package dev.reeve.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A serial console: what the machine writes, and when, and what is typed.
///
/// Who awaits a text awaits it behind the one that was awaited last, as a reader of the console would.
final class Console {
    private static final int LINES_SHOWN = 60;

    private final OutputStream keyboard;
    private final long deadlineNanos;
    private final StringBuilder text = new StringBuilder();
    /// How long the text was when a piece of it had arrived -> System.nanoTime() of that.
    private final NavigableMap<Integer, Long> arrivals = new TreeMap<>();

    private int read;
    private boolean ended;

    /// Reads until the end of `screen`, which is when the machine is no more. Nothing is awaited for longer than until
    /// `patience` from now.
    Console(InputStream screen, OutputStream keyboard, Duration patience) {
        this.keyboard = keyboard;
        this.deadlineNanos = System.nanoTime() + patience.toNanos();
        Thread.ofPlatform().name("console").daemon().start(() -> readAll(screen));
    }

    /// Waits until the machine has written this, and is told when it had: System.nanoTime().
    synchronized long await(String awaited) {
        read = endOf(awaited, read);
        return arrivals.ceilingEntry(read).getValue();
    }

    /// As `await`, but wherever it is on the console, and without going on from there: for what comes in no certain
    /// order.
    synchronized long awaitAnywhere(String awaited) {
        return arrivals.ceilingEntry(endOf(awaited, 0)).getValue();
    }

    private int endOf(String awaited, int from) {
        while (true) {
            int found = text.indexOf(awaited, from);
            if (found >= 0) {
                return found + awaited.length();
            }
            if (ended) {
                throw failure("the machine has ended, and has not written: " + awaited);
            }
            pause("the machine has not written: " + awaited);
        }
    }

    /// Types a line, and Enter.
    ///
    /// What a terminal echoes of it is on the console, too: whoever awaits the answer types something that does not
    /// contain it.
    void type(String line) {
        try {
            keyboard.write((line + "\r").getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the machine is no more.
    synchronized void awaitEnd() {
        while (!ended) {
            pause("the machine goes on");
        }
    }

    /// All that has been written.
    synchronized String text() {
        return text.toString();
    }

    private void pause(String whatIsMissing) {
        long left = deadlineNanos - System.nanoTime();
        if (left <= 0) {
            throw failure(whatIsMissing);
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private AssertionError failure(String sentence) {
        List<String> lines = text.toString().lines().toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
        return new AssertionError(sentence + "; the end of its console:\n" + String.join("\n", last));
    }

    private void readAll(InputStream screen) {
        byte[] piece = new byte[4096];
        try {
            for (int length = screen.read(piece); length >= 0; length = screen.read(piece)) {
                add(new String(piece, 0, length, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            add("\n(the console cannot be read any more: " + e.getMessage() + ")\n");
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void add(String piece) {
        text.append(piece);
        arrivals.put(text.length(), System.nanoTime());
        notifyAll();
    }
}
