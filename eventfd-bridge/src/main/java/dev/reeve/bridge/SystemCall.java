package dev.reeve.bridge;

/// A function of glibc that asks the kernel for something. What it answers is an `int`, also where C says `ssize_t`:
/// nothing here asks for more bytes at once than fit.
///
/// No lambda stands around a call: C1, which alone compiles the daemon, makes one by asking the JVM for memory, and a
/// service that starts comes by here a hundred times.
final class SystemCall extends NativeFunction {
    private static final int FAILED = -1;
    private static final int INTERRUPTED = -Errno.EINTR;

    /// @throws UnsatisfiedLinkError if this libc has no such function
    SystemCall(String name) {
        super(name);
    }

    /// This and its like ask, again while a signal interrupts it, and answer as the kernel itself does: a result, or
    /// the errno negated.
    int answer() {
        int answer;
        do {
            answer = answerOf(call());
        } while (answer == INTERRUPTED);
        return answer;
    }

    int answer(long a) {
        int answer;
        do {
            answer = answerOf(call(a));
        } while (answer == INTERRUPTED);
        return answer;
    }

    int answer(long a, long b) {
        int answer;
        do {
            answer = answerOf(call(a, b));
        } while (answer == INTERRUPTED);
        return answer;
    }

    int answer(long a, long b, long c) {
        int answer;
        do {
            answer = answerOf(call(a, b, c));
        } while (answer == INTERRUPTED);
        return answer;
    }

    int answer(long a, long b, long c, long d) {
        int answer;
        do {
            answer = answerOf(call(a, b, c, d));
        } while (answer == INTERRUPTED);
        return answer;
    }

    int answer(long a, long b, long c, long d, long e) {
        int answer;
        do {
            answer = answerOf(call(a, b, c, d, e));
        } while (answer == INTERRUPTED);
        return answer;
    }

    private static int answerOf(long result) {
        return (int) result == FAILED ? -Libc.errno() : (int) result;
    }

    /// A negated errno as the exception to throw. `call` is the call as one would name it in a sentence.
    static ErrnoException failed(String call, long negatedErrno) {
        return new ErrnoException(call, (int) -negatedErrno);
    }

    /// What a call that has to succeed answered. Where naming the call makes a text, and the call is made for each
    /// service, [#failed] alone spares it.
    static long required(String call, long result) throws ErrnoException {
        if (result < 0) {
            throw failed(call, result);
        }
        return result;
    }
}
