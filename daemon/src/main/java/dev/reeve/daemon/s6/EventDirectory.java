package dev.reeve.daemon.s6;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.service.Moment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
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
    /// together with it, so that they would wait for ever: they get as long as this to read it alone, on a machine
    /// that has much to do, too. s6-supervise waits a second before most restarts anyhow.
    private static final Duration TO_READ = Duration.ofMillis(100);

    private static final char REALLY_DOWN = 'D';
    private static final char UP = 'u';
    private static final Moment AT_ONCE = new Moment(0);

    private final Kernel kernel;
    private final DescriptorLimit limit;
    private final int fd;
    private final StringBuilder untold = new StringBuilder();
    private Moment upNotBefore = AT_ONCE;
    private boolean isHurried;

    EventDirectory(Kernel kernel, DescriptorLimit limit, int fd) {
        this.kernel = kernel;
        this.limit = limit;
        this.fd = fd;
    }

    /// Removes those that listen no more. Throws where the directory cannot be read.
    void sweep() throws ErrnoException {
        tellAll("").throwIfFailed();
    }

    /// Writes these events to every listener, behind those that are held; [#heldUntil] says whether some are, which
    /// [#tellDue] tells then. A listener that does not read loses them, and one that cannot be told keeps no other
    /// from being told. Throws where the directory cannot be read, or the last reason why one was not told.
    void announce(String events) throws ErrnoException {
        untold.append(events);
        tellDue();
    }

    /// Tells what is held, as far as it may be told by now. Throws as [#announce] does.
    void tellDue() throws ErrnoException {
        @Nullable ErrnoException failure = null;
        while (!untold.isEmpty() && heldUntil().compareTo(now()) <= 0) {
            try {
                tell(nextPiece());
            } catch (ErrnoException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /// Until when the next event is held; [Moment#NEVER] where there is none.
    Moment heldUntil() {
        if (untold.isEmpty()) {
            return Moment.NEVER;
        }
        return untold.charAt(0) == UP && !isHurried ? upNotBefore : AT_ONCE;
    }

    /// Nothing is held from now on: there is no time for it.
    void hurry() {
        isHurried = true;
    }

    /// What may be told at once: up to where it is really down and up again.
    private String nextPiece() {
        int restart = untold.indexOf("" + REALLY_DOWN + UP);
        int length = restart < 0 ? untold.length() : restart + 1;
        String piece = untold.substring(0, length);
        untold.delete(0, length);
        return piece;
    }

    /// That one cannot be told is no reason why the others should not be left their time.
    private void tell(String events) throws ErrnoException {
        Told told = tellAll(events);
        boolean isDownHeard = told.isHeard() && events.charAt(events.length() - 1) == REALLY_DOWN;
        upNotBefore = isDownHeard ? now().plus(TO_READ) : AT_ONCE;
        told.throwIfFailed();
    }

    /// Whether there was anybody, and the last reason why one was not told.
    private record Told(boolean isHeard, Optional<ErrnoException> failure) {
        void throwIfFailed() throws ErrnoException {
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }

    private Told tellAll(String events) throws ErrnoException {
        byte[] letters = events.getBytes(StandardCharsets.US_ASCII);
        boolean isHeard = false;
        Optional<ErrnoException> failure = Optional.empty();
        for (String name : limit.taking(() -> kernel.listDirectory(fd))) {
            if (name.startsWith(LISTENER) && name.length() == LISTENER_LENGTH) {
                isHeard = true;
                failure = latest(tell(name, letters), failure);
            }
        }
        return new Told(isHeard, failure);
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

    private static Optional<ErrnoException> latest(Optional<ErrnoException> later, Optional<ErrnoException> before) {
        return later.isPresent() ? later : before;
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

    private Moment now() {
        return new Moment(kernel.monotonicNanos());
    }
}
