package dev.reeve.bridge;

/// A system call that failed: which, on what, and the errno.
public final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1;

    private final int errno;

    /// `call` is the call as one would name it in a sentence, for example `open run/reeve`.
    public ErrnoException(String call, int errno) {
        super(call + ": " + Errno.describe(errno), null, false, false);
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }
}
