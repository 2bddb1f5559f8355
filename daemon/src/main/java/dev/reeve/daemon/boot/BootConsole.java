package dev.reeve.daemon.boot;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Machine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Where a machine's first process talks to whoever sits before it, when nobody reads its log: before the loop, and
/// after it. Never waits: what a console under ^S has no room for is lost.
///
/// Its descriptor is an open of its own, since O_NONBLOCK belongs to all who share an open file.
public final class BootConsole {
    public static final String PATH = "/dev/console";
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private final Kernel kernel;
    private int fd = STANDARD_ERROR;

    public BootConsole(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Opens it, if it is there by now; until then standard error serves.
    public void open(Machine machine) {
        if (fd != STANDARD_ERROR) {
            return;
        }
        try {
            fd = machine.openConsole(PATH, false);
        } catch (ErrnoException _) {
            // There is none in a container, nor before a devtmpfs is mounted.
        }
    }

    /// Makes it standard output and error of this process again, and so of its children, whatever they have been
    /// meanwhile. Those wait when it is full.
    public void takeBack(Machine machine) {
        open(machine);
        try {
            int console = machine.openConsole(PATH, true);
            kernel.duplicate(console, STANDARD_OUTPUT);
            kernel.duplicate(console, STANDARD_ERROR);
            kernel.close(console);
        } catch (ErrnoException _) {
            // They stay what they are.
        }
    }

    /// What goes wrong, and why.
    public void say(String what, Throwable cause) {
        String message = cause.getMessage();
        say(what + ": " + (cause instanceof ErrnoException && message != null ? message : cause.toString()));
    }

    /// A line of its own.
    public void say(String line) {
        ByteBuffer bytes = ByteBuffer.wrap(("reeve-init: " + line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining() && kernel.write(fd, bytes) != Kernel.WOULD_BLOCK) {
                // What is left goes next.
            }
        } catch (ErrnoException _) {
            // There is nowhere left to say so.
        }
    }
}
