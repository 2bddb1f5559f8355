package dev.reeve.bridge;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// The program that this process runs, which can be executed anew, with another signal mask, or give its place to
/// another: the pid stays.
public final class ProcessImage {
    private static final String SELF = "/proc/self/exe";
    private static final String JAVA = System.getProperty("java.home") + "/bin/java";
    private static final int SIGNAL_SET_SIZE = 128;
    private static final int FIRST_UNPASSED = 3;

    private ProcessImage() {}

    /// Executes the program of this process once more, with these signals blocked beside those that are: what /proc
    /// has for it, or where there is no /proc, the Java that runs here. Returns only by throwing.
    public static void executeAgain(Set<Integer> blocked, List<byte[]> arguments, List<byte[]> environment)
            throws ErrnoException {
        block(blocked);
        execute(SELF, arguments, environment);
        if (Libc.errno() == Errno.ENOENT) {
            execute(JAVA, arguments, environment);
        }
        throw new ErrnoException("execve " + SELF, Libc.errno());
    }

    private static void execute(String program, List<byte[]> arguments, List<byte[]> environment)
            throws ErrnoException {
        String call = "execve " + program;
        NativeMemory memory = NativeMemory.ofThread();
        memory.ensureSize(NativeMemory.PATH_MAX + NativeMemory.sizeOf(arguments) + NativeMemory.sizeOf(environment));
        LibcProcesses.execve(
                memory.path(call, program), memory.texts(call, arguments), memory.texts(call, environment));
    }

    /// Executes another program in the place of this one, in this directory, in which `path` is looked up. It
    /// has the pid, standard input, output and error, but no other descriptor of this process, whatever its other
    /// threads open meanwhile, an empty signal mask, and ignores the signals that this process was started to
    /// ignore. What is pending of blocked signals is dropped: it was meant for the program that was here.
    ///
    /// Returns only by throwing what execve(2) does. ENOENT where there is no such program: that is looked at
    /// first, and nothing has changed then; otherwise the working directory, the mask and the descriptors are those
    /// of the other already.
    public static void give(int directoryFd, String path, List<byte[]> environment) throws ErrnoException {
        String call = "execve " + path;
        if (LinuxFiles.status(directoryFd, path) == null) {
            throw new ErrnoException(call, Errno.ENOENT);
        }
        int moved = LibcFiles.fchdir(directoryFd);
        if (moved < 0) {
            throw SystemCall.failed("fchdir", moved);
        }
        dropPending();
        unblockAll();
        DescriptorTable.leaveToOtherThreads();
        DescriptorTable.closeOnExecFrom(FIRST_UNPASSED);
        List<byte[]> arguments = List.of(path.getBytes(StandardCharsets.UTF_8));
        NativeMemory memory = NativeMemory.ofThread();
        memory.ensureSize(
                2L * NativeMemory.PATH_MAX + NativeMemory.sizeOf(arguments) + NativeMemory.sizeOf(environment));
        LibcProcesses.execve(memory.path(call, path), memory.texts(call, arguments), memory.texts(call, environment));
        throw new ErrnoException(call, Libc.errno());
    }

    /// A signal that is ignored is not pending any more.
    private static void dropPending() throws ErrnoException {
        for (int signal : new LinuxKernel().blockedSignals()) {
            if (LibcProcesses.signal(signal, Libc.SIG_IGN) != Libc.SIG_IGN) {
                LibcProcesses.signal(signal, Libc.SIG_DFL);
            }
        }
    }

    private static void unblockAll() throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int none = memory.reserveZeroed(SIGNAL_SET_SIZE);
        int errno = LibcProcesses.pthread_sigmask(Libc.SIG_SETMASK, memory.address(none), 0);
        if (errno != 0) {
            throw new ErrnoException("pthread_sigmask", errno);
        }
    }

    private static void block(Set<Integer> signals) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int set = memory.reserveZeroed(SIGNAL_SET_SIZE);
        long bits = 0;
        for (int signal : signals) {
            bits |= 1L << (signal - 1);
        }
        memory.bytes().putLong(set, bits);
        int errno = LibcProcesses.pthread_sigmask(Libc.SIG_BLOCK, memory.address(set), 0);
        if (errno != 0) {
            throw new ErrnoException("pthread_sigmask", errno);
        }
    }
}
