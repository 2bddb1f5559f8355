package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.required;

import dev.reeve.bridge.Kernel.ArrivedSignal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Signals that are read instead of handled: signalfd(2), and which are blocked.
final class LinuxSignals {
    private static final int SIGNAL_SET_SIZE = 128;
    private static final int SIGNAL_MAX = 64;
    private static final int SIGNAL_INFO_SIZE = 128;
    private static final int SIGNAL_INFO_PID = 12;

    private LinuxSignals() {}

    static int open(Set<Integer> signals) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int set = memory.reserveZeroed(SIGNAL_SET_SIZE);
        long bits = 0;
        for (int signal : signals) {
            if (signal < 1 || signal > SIGNAL_MAX) {
                throw new IllegalArgumentException("not a signal: " + signal);
            }
            bits |= 1L << (signal - 1);
        }
        memory.bytes().putLong(set, bits);
        int flags = Libc.SFD_NONBLOCK | Libc.SFD_CLOEXEC;
        return (int) required("signalfd", LibcSockets.signalfd(-1, memory.address(set), flags));
    }

    static @Nullable ArrivedSignal read(int fd) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int info = memory.reserve(SIGNAL_INFO_SIZE);
        long result = LibcFiles.read(fd, memory.address(info), SIGNAL_INFO_SIZE);
        if (result == -Errno.EAGAIN) {
            return null;
        }
        required("read signalfd", result);
        return new ArrivedSignal(memory.bytes().getInt(info), memory.bytes().getInt(info + SIGNAL_INFO_PID));
    }

    static Set<Integer> blocked() throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int set = memory.reserveZeroed(SIGNAL_SET_SIZE);
        int errno = LibcProcesses.pthread_sigmask(Libc.SIG_BLOCK, 0, memory.address(set));
        if (errno != 0) {
            throw new ErrnoException("pthread_sigmask", errno);
        }
        long bits = memory.bytes().getLong(set);
        Set<Integer> signals = new HashSet<>();
        for (int signal = 1; signal <= SIGNAL_MAX; signal++) {
            if ((bits & 1L << (signal - 1)) != 0) {
                signals.add(signal);
            }
        }
        return signals;
    }
}
