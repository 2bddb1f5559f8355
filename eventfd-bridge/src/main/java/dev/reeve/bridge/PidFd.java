package dev.reeve.bridge;

import dev.reeve.bridge.Kernel.ChildEnd;
import org.jspecify.annotations.Nullable;

/// One child: reaped when it has ended, which is told once, after the handle has closed itself.
public final class PidFd extends KernelFd {
    private final Listener listener;

    /// What the owner of a child is told, on the loop's thread: one of the two, once.
    public interface Listener {
        /// The child has ended and was reaped. Its pid may be another process's from now on.
        void onEnded(ChildEnd end);

        /// How the child ended will never be known: ECHILD where somebody else reaped it.
        void onFailed(ErrnoException cause);
    }

    /// Takes over a descriptor that [Kernel#openPidfd] answered.
    public PidFd(Kernel kernel, int pidfd, Listener listener) {
        super(kernel, pidfd);
        this.listener = listener;
    }

    /// Sends a signal to the child. ESRCH when it was reaped.
    public void signal(int signal) throws ErrnoException {
        if (isClosed()) {
            throw new ErrnoException("signal " + signal + " to a child that was reaped", Errno.ESRCH);
        }
        kernel.signalPidfd(fd(), signal);
    }

    /// Reaps the child now if it has ended, without waiting for the loop to say so; answers whether its end is
    /// known, now or since before.
    public boolean reapIfEnded() {
        if (isClosed()) {
            return true;
        }
        @Nullable ChildEnd end;
        try {
            end = kernel.reapPidfd(fd());
        } catch (ErrnoException failure) {
            close();
            listener.onFailed(failure);
            return true;
        }
        if (end == null) {
            return false;
        }
        close();
        listener.onEnded(end);
        return true;
    }

    @Override
    public void onReadable() {
        reapIfEnded();
    }
}
