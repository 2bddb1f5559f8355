package dev.reeve.daemon.catchall;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.OutputFiles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/// The machine's console, as its first process writes to it: never waiting. What it has no room for, because somebody
/// has stopped it (^S) or the line is slow, is lost; while the daemon runs its lines are counted, and the number told
/// when there is room again.
///
/// It is an open file of the daemon's own, so that no other's is changed by it. Any thread may write.
public final class Console implements AutoCloseable {
    public static final String PATH = "/dev/console";

    private static final int NONE = -1;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private final Kernel kernel;
    private final String path;
    private int fd = NONE;
    private int dropped;
    private boolean midLine;

    /// One that is not open yet.
    public Console(Kernel kernel, String path) {
        this.kernel = kernel;
        this.path = path;
    }

    /// Opens it, if it is there by now and is not open. A machine without a console is none the worse: there is none in
    /// a container, nor before a devtmpfs is mounted.
    public synchronized Console open() {
        if (fd == NONE) {
            try {
                fd = OutputFiles.openTerminal(path);
            } catch (ErrnoException _) {
                // What is written there goes nowhere.
            }
        }
        return this;
    }

    /// The same as programs expect it: they wait while it is full. A descriptor of the caller's; none, where
    /// there is no console.
    public OptionalInt openToWait() {
        try {
            return OptionalInt.of(OutputFiles.openWaitingTerminal(path));
        } catch (ErrnoException _) {
            return OptionalInt.empty();
        }
    }

    /// From now on standard output and error of this process are the console, too, and wait as little: what the JVM
    /// says for itself, at its worst, is for whoever sits before the machine.
    public synchronized void takeStandardOutput() throws ErrnoException {
        if (fd != NONE) {
            kernel.duplicate(fd, STANDARD_OUTPUT);
            kernel.duplicate(fd, STANDARD_ERROR);
        }
    }

    /// Makes it standard output and error of this process's children again, which wait when it is full, whatever they
    /// have been meanwhile; where there is no console they stay what they are.
    public void takeBack() {
        open();
        OptionalInt waiting = openToWait();
        if (waiting.isEmpty()) {
            return;
        }
        try {
            kernel.duplicate(waiting.getAsInt(), STANDARD_OUTPUT);
            kernel.duplicate(waiting.getAsInt(), STANDARD_ERROR);
        } catch (ErrnoException _) {
            // They stay what they are.
        } finally {
            kernel.close(waiting.getAsInt());
        }
    }

    /// Says what goes wrong, and why, before the loop or after it.
    public void say(String what, Throwable cause) {
        String message = cause.getMessage();
        say(what + ": " + (cause instanceof ErrnoException && message != null ? message : cause.toString()));
    }

    /// Says something before the loop or after it, when nobody reads the log. Where there is no console standard error
    /// serves.
    public synchronized void say(String line) {
        put("reeve-init: " + line, fd == NONE ? STANDARD_ERROR : fd);
    }

    /// Writes these lines, each without its newline, as far as there is room.
    public synchronized void write(List<String> lines) {
        for (String line : lines) {
            if (dropped > 0 && put("reeved: warning: " + dropped + " lines had no room on the console", fd)) {
                dropped = 0;
            }
            if (dropped > 0 || !put(line, fd)) {
                dropped++;
            }
        }
    }

    /// Whether there was room for the line as a whole.
    private boolean put(String line, int where) {
        ByteBuffer bytes = ByteBuffer.wrap(((midLine ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (where != NONE && bytes.hasRemaining()) {
                if (kernel.write(where, bytes) == Kernel.WOULD_BLOCK) {
                    midLine |= bytes.position() > 0;
                    return false;
                }
            }
            midLine = false;
            return true;
        } catch (ErrnoException _) {
            // It was hung up, or is no longer there: nobody is to hear of it.
            return false;
        }
    }

    @Override
    public synchronized void close() {
        if (fd != NONE) {
            kernel.close(fd);
            fd = NONE;
        }
    }
}
