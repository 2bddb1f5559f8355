package dev.reeve.daemon.catchall;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.OutputFiles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The machine's console, as the daemon writes to it: never waiting. What it has no room for, because somebody has
/// stopped it (^S) or the line is slow, is dropped, and the number told when there is room again.
///
/// It is an open file of the daemon's own, so that no other's is changed by it. Any thread may write.
public final class Console implements AutoCloseable {
    private static final int NONE = -1;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private final Kernel kernel;
    private int fd;
    private int dropped;
    private boolean midLine;

    private Console(Kernel kernel, int fd) {
        this.kernel = kernel;
        this.fd = fd;
    }

    /// A machine without a console is none the worse: what is written there goes nowhere.
    public static Console open(Kernel kernel, String path) {
        try {
            return new Console(kernel, OutputFiles.openTerminal(path));
        } catch (ErrnoException _) {
            return new Console(kernel, NONE);
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

    /// Writes these lines, each without its newline, as far as there is room.
    public synchronized void write(List<String> lines) {
        for (String line : lines) {
            if (dropped > 0 && put("reeved: warning: " + dropped + " lines had no room on the console")) {
                dropped = 0;
            }
            if (dropped > 0 || !put(line)) {
                dropped++;
            }
        }
    }

    /// Whether there was room for the line as a whole.
    private boolean put(String line) {
        ByteBuffer bytes = ByteBuffer.wrap(((midLine ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (fd != NONE && bytes.hasRemaining()) {
                if (kernel.write(fd, bytes) == Kernel.WOULD_BLOCK) {
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
