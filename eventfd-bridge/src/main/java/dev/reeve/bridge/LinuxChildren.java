package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.failed;
import static dev.reeve.bridge.SystemCall.required;

import dev.reeve.bridge.Kernel.ChildEnd;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The calls of [LinuxKernel] about processes that run and end.
final class LinuxChildren {
    private static final int SIGINFO_SIZE = 128;
    private static final int SIGINFO_CODE = 8;
    private static final int SIGINFO_PID = 16;
    private static final int SIGINFO_STATUS = 24;

    private static final int STAT_BYTES_MAX = 4096;

    /// Of those that follow the name in /proc/PID/stat (proc(5)), the blank before the state included.
    private static final int PARENT_FIELD = 2;

    private LinuxChildren() {}

    static int openPidfd(int pid) throws ErrnoException {
        long fd = LibcProcesses.syscall(Libc.SYS_pidfd_open, pid, 0, 0, 0);
        if (fd < 0) {
            throw failed("pidfd_open of process " + pid, fd);
        }
        return (int) fd;
    }

    static void signalPidfd(int pidfd, int signal) throws ErrnoException {
        long result = LibcProcesses.syscall(Libc.SYS_pidfd_send_signal, pidfd, signal, 0, 0);
        if (result < 0) {
            throw failed("pidfd_send_signal " + signal, result);
        }
    }

    static void signalGroup(int processGroup, int signal) throws ErrnoException {
        if (processGroup <= 1) {
            // kill(0) would mean our own group, and kill(-1) every process there is.
            throw new IllegalArgumentException("not the process group of a child: " + processGroup);
        }
        long result = LibcProcesses.kill(-processGroup, signal);
        if (result < 0) {
            throw failed("kill process group " + processGroup + " by signal " + signal, result);
        }
    }

    static void adoptOrphans() throws ErrnoException {
        required("prctl PR_SET_CHILD_SUBREAPER", LibcProcesses.prctl(Libc.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
    }

    static @Nullable ChildEnd reapPidfd(int pidfd) throws ErrnoException {
        return waitFor(Libc.P_PIDFD, pidfd, Libc.WEXITED | Libc.WNOHANG);
    }

    static @Nullable ChildEnd findEnded() throws ErrnoException {
        return unlessChildless(Libc.P_ALL, 0, Libc.WEXITED | Libc.WNOHANG | Libc.WNOWAIT);
    }

    /// Waits, and reaps.
    static @Nullable ChildEnd awaitAny() throws ErrnoException {
        return unlessChildless(Libc.P_ALL, 0, Libc.WEXITED);
    }

    static @Nullable ChildEnd reapPid(int pid) throws ErrnoException {
        return unlessChildless(Libc.P_PID, pid, Libc.WEXITED | Libc.WNOHANG);
    }

    static int sessionOf(int pid) throws ErrnoException {
        long session = LibcProcesses.getsid(pid);
        if (session == -Errno.ESRCH) {
            return Kernel.NO_PROCESS;
        }
        if (session < 0) {
            throw failed("getsid of process " + pid, session);
        }
        return (int) session;
    }

    /// The name in brackets may be anything, brackets and newlines included: what follows the last one counts.
    static int parentOf(int pid) {
        try {
            byte[] bytes = LinuxFiles.read(LinuxFiles.AT_FDCWD, "/proc/" + pid + "/stat", STAT_BYTES_MAX);
            String stat = bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).split(" ", PARENT_FIELD + 2);
            return fields.length > PARENT_FIELD ? Integer.parseInt(fields[PARENT_FIELD]) : 0;
        } catch (ErrnoException | NumberFormatException _) {
            return 0;
        }
    }

    private static @Nullable ChildEnd unlessChildless(int idType, int id, int options) throws ErrnoException {
        try {
            return waitFor(idType, id, options);
        } catch (ErrnoException failure) {
            if (failure.errno() == Errno.ECHILD) {
                return null;
            }
            throw failure;
        }
    }

    private static @Nullable ChildEnd waitFor(int idType, int id, int options) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        // Where nobody has ended, waitid leaves the pid as it finds it.
        int info = memory.reserveZeroed(SIGINFO_SIZE);
        required("waitid", LibcProcesses.waitid(idType, id, memory.address(info), options));
        int pid = memory.bytes().getInt(info + SIGINFO_PID);
        if (pid == 0) {
            return null;
        }
        boolean signalled = memory.bytes().getInt(info + SIGINFO_CODE) != Libc.CLD_EXITED;
        return new ChildEnd(pid, signalled, memory.bytes().getInt(info + SIGINFO_STATUS));
    }
}
