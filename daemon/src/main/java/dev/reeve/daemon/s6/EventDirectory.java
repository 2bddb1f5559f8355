package dev.reeve.daemon.s6;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.process.DescriptorLimit;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// `event/`, in which each listener has a fifo of its own (<https://skarnet.org/software/s6/fifodir.html>). A fifo that
/// nobody reads any more is removed. May block, so only errands use it.
final class EventDirectory {
    static final String NAME = "event";

    /// Its group may make listeners; the group of a listener is the directory's, and nobody removes another's.
    static final int MODE = 03730;

    private static final String LISTENER = "ftrig1:@";
    private static final int LISTENER_LENGTH = 39;

    /// s6's clients of 2.11 that wait for a restart (`s6-svc -wr`) look for `D` first, and forget what they read
    /// together with it, so that they would wait for ever: they get as long as this to read it alone. s6-supervise
    /// waits a second before most restarts anyhow.
    private static final long TO_READ_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final char REALLY_DOWN = 'D';
    private static final char UP = 'u';

    private final Kernel kernel;
    private final DescriptorLimit limit;
    private final int fd;
    private boolean hasToldDown;
    private long toldDownAt;

    EventDirectory(Kernel kernel, DescriptorLimit limit, int fd) {
        this.kernel = kernel;
        this.limit = limit;
        this.fd = fd;
    }

    /// Writes these events to every listener; none, to remove those that listen no more. One that does not read
    /// loses them, and one that cannot be told keeps no other from being told. Throws where the directory cannot be
    /// read, or the last reason why one was not told.
    void announce(String events) throws ErrnoException {
        int restart = events.indexOf("" + REALLY_DOWN + UP);
        if (restart >= 0) {
            try {
                announce(events.substring(0, restart + 1));
            } finally {
                announce(events.substring(restart + 1));
            }
            return;
        }
        if (hasToldDown && !events.isEmpty() && events.charAt(0) == UP) {
            letItBeRead();
        }
        boolean isHeard = tellAll(events);
        if (!events.isEmpty()) {
            hasToldDown = isHeard && events.charAt(events.length() - 1) == REALLY_DOWN;
            toldDownAt = System.nanoTime();
        }
    }

    private void letItBeRead() {
        long left = toldDownAt + TO_READ_NANOS - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = toldDownAt + TO_READ_NANOS - System.nanoTime();
        }
    }

    /// Whether there was anybody.
    private boolean tellAll(String events) throws ErrnoException {
        byte[] letters = events.getBytes(StandardCharsets.US_ASCII);
        boolean isHeard = false;
        @Nullable ErrnoException failure = null;
        for (String name : limit.taking(() -> kernel.listDirectory(fd))) {
            if (name.startsWith(LISTENER) && name.length() == LISTENER_LENGTH) {
                isHeard = true;
                failure = tell(name, letters).orElse(failure);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return isHeard;
    }

    private Optional<ErrnoException> tell(String listener, byte[] letters) {
        try {
            if (!limit.taking(() -> kernel.writeFifoAt(fd, listener, letters))) {
                kernel.removeFileAt(fd, listener);
            }
            return Optional.empty();
        } catch (ErrnoException e) {
            return isNoListener(e) ? Optional.empty() : Optional.of(e);
        }
    }

    /// It has left meanwhile, or is something else, which is left alone.
    private static boolean isNoListener(ErrnoException e) {
        return e.errno() == Errno.ENOENT
                || e.errno() == Errno.ENXIO
                || e.errno() == Errno.ELOOP
                || e.errno() == Errno.EISDIR
                || e.errno() == Errno.EACCES;
    }

    void close() {
        kernel.close(fd);
    }
}
