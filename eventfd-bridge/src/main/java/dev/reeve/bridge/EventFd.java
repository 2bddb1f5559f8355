package dev.reeve.bridge;

/// Another thread's way to wake the loop: an eventfd(2). However often it was signalled, the listener is told once.
public final class EventFd extends KernelFd {
    private final Listener listener;
    private final Object releasing = new Object();
    private boolean released;

    /// What the owner of an eventfd is told, on the loop's thread.
    public interface Listener {
        /// Signalled since the last time, once or more often.
        void onSignalled();

        /// Cannot be read any more, and is closed.
        void onFailed(ErrnoException cause);
    }

    public EventFd(Kernel kernel, Listener listener) throws ErrnoException {
        super(kernel, kernel.eventfd());
        this.listener = listener;
    }

    /// Wakes the loop. Any thread may call this at any time; after [#close] nothing happens.
    public void signal() throws ErrnoException {
        // Between looking and writing, the number must not become another descriptor's.
        synchronized (releasing) {
            if (!released) {
                kernel.signalEventfd(fd());
            }
        }
    }

    @Override
    void release() {
        synchronized (releasing) {
            released = true;
            super.release();
        }
    }

    @Override
    public void onReadable() {
        boolean signalled;
        try {
            signalled = kernel.drainEventfd(fd());
        } catch (ErrnoException failure) {
            close();
            listener.onFailed(failure);
            return;
        }
        if (signalled) {
            listener.onSignalled();
        }
    }
}
