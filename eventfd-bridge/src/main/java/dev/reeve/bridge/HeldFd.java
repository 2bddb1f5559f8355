package dev.reeve.bridge;

/// A descriptor that is kept for somebody who gets it again: nothing is read from it, but that it has hung up or
/// failed may be watched for ([EventLoop#watchEnd]).
///
/// While it is lent it stays open, even when it was closed: another thread hands it on.
public final class HeldFd extends KernelFd {
    private final Runnable onEnd;
    private boolean isLent;
    private boolean isReleased;

    /// `onEnd` is called on the loop's thread when the descriptor has hung up or failed, and is closed.
    public HeldFd(Kernel kernel, int fd, Runnable onEnd) {
        super(kernel, fd);
        this.onEnd = onEnd;
    }

    /// From now on closing it has to wait.
    public void lend() {
        isLent = true;
    }

    /// Whoever had it has it no longer.
    public void giveBack() {
        isLent = false;
        if (isReleased) {
            isReleased = false;
            super.release();
        }
    }

    @Override
    public void onReadable() {
        close();
        onEnd.run();
    }

    @Override
    void release() {
        if (isLent) {
            isReleased = true;
        } else {
            super.release();
        }
    }
}
