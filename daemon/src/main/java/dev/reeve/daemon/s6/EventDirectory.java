package dev.reeve.daemon.s6;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import java.nio.charset.StandardCharsets;

/// `event/`, in which each listener has a fifo of its own (<https://skarnet.org/software/s6/fifodir.html>). A fifo that
/// nobody reads any more is removed. May block, so only errands use it.
final class EventDirectory {
    static final String NAME = "event";

    /// Its group may make listeners; the group of a listener is the directory's, and nobody removes another's.
    static final int MODE = 03730;

    private static final String LISTENER = "ftrig1:@";
    private static final int LISTENER_LENGTH = 39;

    private final Kernel kernel;
    private final int fd;

    EventDirectory(Kernel kernel, int fd) {
        this.kernel = kernel;
        this.fd = fd;
    }

    /// Writes these events to every listener; none, to remove those that listen no more. One that does not read
    /// loses them. Throws where the directory cannot be read.
    void announce(String events) throws ErrnoException {
        byte[] letters = events.getBytes(StandardCharsets.US_ASCII);
        for (String name : kernel.listDirectory(fd)) {
            if (name.startsWith(LISTENER) && name.length() == LISTENER_LENGTH) {
                tell(name, letters);
            }
        }
    }

    private void tell(String listener, byte[] letters) throws ErrnoException {
        try {
            if (!kernel.writeFifoAt(fd, listener, letters)) {
                kernel.removeFileAt(fd, listener);
            }
        } catch (ErrnoException e) {
            if (!isNoListener(e)) {
                throw e;
            }
        }
    }

    /// It has left meanwhile, or is something else, which is left alone.
    private static boolean isNoListener(ErrnoException e) {
        return e.errno() == Errno.ENOENT
                || e.errno() == Errno.ENXIO
                || e.errno() == Errno.ELOOP
                || e.errno() == Errno.EACCES;
    }

    void close() {
        kernel.close(fd);
    }
}
