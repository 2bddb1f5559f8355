package dev.reeve.bridge;

import org.jspecify.annotations.Nullable;

/// Owns one descriptor and its registration on a loop: closed once, by its owner or by itself at its end.
///
/// Thread: the loop's, unless a method says otherwise. After [#close] nothing is called any more, an event that was
/// already under way included. [#onReadable] reads until there is nothing left (EAGAIN) or a fair share is done
/// (the loop is level triggered and calls again), and only tells its listener; it must not throw, and what escapes
/// it all the same is caught by the loop and told as a bug. A descriptor that cannot be read any more is closed
/// before its listener is told so, since it would stay readable for ever.
public abstract class KernelFd implements AutoCloseable {
    protected final Kernel kernel;
    private final int fd;
    private boolean closed;
    private @Nullable Runnable deregister;

    protected KernelFd(Kernel kernel, int fd) {
        this.kernel = kernel;
        this.fd = fd;
    }

    /// The descriptor's number. After [#close] it may be another one's.
    public final int fd() {
        return fd;
    }

    public final boolean isClosed() {
        return closed;
    }

    /// The descriptor is readable, or is in error, which the next read will tell.
    public abstract void onReadable();

    /// A loop sets how it forgets this handle; called before the descriptor is closed.
    public final void registered(Runnable deregister) {
        this.deregister = deregister;
    }

    @Override
    public final void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (deregister != null) {
            deregister.run();
        }
        release();
    }

    /// Gives the descriptor back, the last thing that happens to it.
    void release() {
        kernel.close(fd);
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + " " + fd;
    }
}
