package dev.reeve.bridge;

import static dev.reeve.bridge.Libc.C;

import java.util.List;
import java.util.Set;

/// The program that this process runs, which can be executed anew: same pid, other signal mask.
public final class ProcessImage {
    private static final String SELF = "/proc/self/exe";
    private static final int SIGNAL_SET_SIZE = 128;

    private ProcessImage() {}

    /// Executes the program of this process once more, with these signals blocked beside those that are. Returns only
    /// by throwing: ENOENT where there is no /proc.
    public static void executeAgain(Set<Integer> blocked, List<byte[]> arguments, List<byte[]> environment)
            throws ErrnoException {
        block(blocked);
        String call = "execve " + SELF;
        NativeMemory memory = NativeMemory.ofThread();
        memory.ensureSize(NativeMemory.PATH_MAX + NativeMemory.sizeOf(arguments) + NativeMemory.sizeOf(environment));
        C.execve(memory.path(call, SELF), memory.texts(call, arguments), memory.texts(call, environment));
        throw new ErrnoException(call, Libc.errno());
    }

    private static void block(Set<Integer> signals) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int set = memory.reserveZeroed(SIGNAL_SET_SIZE);
        long bits = 0;
        for (int signal : signals) {
            bits |= 1L << (signal - 1);
        }
        memory.bytes().putLong(set, bits);
        int errno = C.pthread_sigmask(Libc.SIG_BLOCK, memory.address(set), 0);
        if (errno != 0) {
            throw new ErrnoException("pthread_sigmask", errno);
        }
    }
}
