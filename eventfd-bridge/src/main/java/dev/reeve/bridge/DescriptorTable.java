package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.failed;
import static dev.reeve.bridge.SystemCall.required;

import dev.reeve.bridge.Kernel.ResourceLimit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The calls of [LinuxKernel] about this process's table of descriptors as a whole.
final class DescriptorTable {
    private static final long LAST = 0xFFFF_FFFFL;

    /// How far descriptors are looked for where nothing tells which are open.
    private static final int SEARCHED_MAX = 1 << 16;

    private DescriptorTable() {}

    static ResourceLimit limit() throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int limit = memory.reserve(2 * Long.BYTES);
        required("getrlimit RLIMIT_NOFILE", LibcProcesses.getrlimit(Libc.RLIMIT_NOFILE, memory.address(limit)));
        return new ResourceLimit(memory.bytes().getLong(limit), memory.bytes().getLong(limit + Long.BYTES));
    }

    static void setLimit(ResourceLimit limit) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int at = memory.reserve(2 * Long.BYTES);
        memory.bytes().putLong(at, limit.soft()).putLong(at + Long.BYTES, limit.hard());
        long result = LibcProcesses.setrlimit(Libc.RLIMIT_NOFILE, memory.address(at));
        if (result < 0) {
            throw failed("setrlimit RLIMIT_NOFILE to " + limit.soft() + " and " + limit.hard(), result);
        }
    }

    static boolean isPassedOn(int fd) throws ErrnoException {
        long flags = LibcFiles.fcntl(fd, Libc.F_GETFD, 0);
        if (flags < 0 && flags != -Errno.EBADF) {
            throw failed("look at descriptor " + fd, flags);
        }
        return flags >= 0 && (flags & Libc.FD_CLOEXEC) == 0;
    }

    static void duplicate(int fd, int copy) throws ErrnoException {
        long result = LibcFiles.dup2(fd, copy);
        if (result < 0) {
            throw failed("duplicate descriptor " + fd + " as " + copy, result);
        }
    }

    /// From now on this thread has a table of its own, of what is open now. What other threads open afterwards is not
    /// passed on to a program that this one executes then: Java opens files without O_CLOEXEC.
    static void leaveToOtherThreads() throws ErrnoException {
        required("unshare(CLONE_FILES)", LibcProcesses.unshare(Libc.CLONE_FILES));
    }

    /// From now on this thread has a table of its own, in which only these of those from `first` on are open. Its size
    /// is that of the highest of them.
    static void leaveToOtherThreadsBut(BitSet kept, int first) throws ErrnoException {
        int end = Math.max(first, kept.length());
        closeRange(end, LAST, Libc.CLOSE_RANGE_UNSHARE);
        for (int gap = kept.nextClearBit(first); gap < end; ) {
            int next = kept.nextSetBit(gap);
            closeRange(gap, next - 1, 0);
            gap = kept.nextClearBit(next);
        }
    }

    private static void closeRange(int first, long last, int flags) throws ErrnoException {
        required("close_range", LibcProcesses.syscall(Libc.SYS_close_range, first, last, flags, 0));
    }

    static void closeOnExecFrom(int first) throws ErrnoException {
        long result = LibcProcesses.syscall(Libc.SYS_close_range, first, LAST, Libc.CLOSE_RANGE_CLOEXEC, 0);
        if (result == -Errno.EINVAL || result == -Errno.ENOSYS) {
            // close_range(2) knows CLOSE_RANGE_CLOEXEC since Linux 5.11.
            closeOnExecEach(first);
            return;
        }
        required("close_range", result);
    }

    /// The same, one by one. Descriptors that are not open are passed over.
    static void closeOnExecEach(int first) throws ErrnoException {
        for (int fd : candidates(first)) {
            long flags = LibcFiles.fcntl(fd, Libc.F_GETFD, 0);
            if (flags >= 0) {
                LibcFiles.fcntl(fd, Libc.F_SETFD, flags | Libc.FD_CLOEXEC);
            }
        }
    }

    private static List<Integer> candidates(int first) throws ErrnoException {
        List<Integer> candidates = new ArrayList<>();
        try {
            int directory = LinuxFiles.openDirectory(LinuxFiles.AT_FDCWD, "/proc/self/fd");
            try {
                for (String name : LinuxFiles.list(directory)) {
                    candidates.add(Integer.valueOf(name));
                }
            } finally {
                LibcFiles.close(directory);
            }
        } catch (ErrnoException withoutProc) {
            for (int fd = first; fd < SEARCHED_MAX; fd++) {
                candidates.add(fd);
            }
        }
        candidates.removeIf(fd -> fd < first);
        return candidates;
    }
}
