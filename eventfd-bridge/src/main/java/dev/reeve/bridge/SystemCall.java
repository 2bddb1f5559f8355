package dev.reeve.bridge;

import java.util.function.LongSupplier;

/// How a call into libc is made and answered: as the kernel itself answers, with a result or with the errno
/// negated.
final class SystemCall {
    private SystemCall() {}

    /// Calls, again while a signal interrupts it, and answers what it answers, or, where that is -1, the errno
    /// negated.
    static long retried(LongSupplier call) {
        while (true) {
            long result = call.getAsLong();
            if (result != -1) {
                return result;
            }
            int errno = Libc.errno();
            if (errno != Errno.EINTR) {
                return -errno;
            }
        }
    }

    /// A negated errno as the exception to throw. `call` is the call as one would name it in a sentence.
    static ErrnoException failed(String call, long negatedErrno) {
        return new ErrnoException(call, (int) -negatedErrno);
    }
}
