package dev.reeve.bridge;

import com.kenai.jffi.LastError;

/// The constants of glibc's functions that reeve calls, under C's own names, as the functions are
/// ([LibcFiles], [LibcProcesses], [LibcSockets], and [LibcMachine] for the first process of a machine): the manual
/// pages say what each does.
///
/// glibc 2.34 or later (posix_spawn_file_actions_addclosefrom_np) on x86_64 or aarch64. Layouts and numbers here
/// are those of both, taken from their headers; where they differ, [#ON_ARM] decides. Memory is passed as an
/// address, see [NativeMemory]. A pointer, `long`, `size_t` and `ssize_t` are a Java `long`; variadic functions
/// (fcntl, openat, prctl, syscall) are called with the arguments they get here, which both architectures' calling
/// conventions allow.
final class Libc {
    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AT_EMPTY_PATH = 0x1000;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int CLD_EXITED = 1;
    static final int CLOSE_RANGE_CLOEXEC = 4;
    static final int CLOSE_RANGE_UNSHARE = 2;
    static final int CLONE_FS = 0x200;
    static final int CLONE_FILES = 0x400;
    static final int CLONE_NEWPID = 0x20000000;
    static final int EFD_NONBLOCK = 0x800;
    static final int EFD_CLOEXEC = 0x80000;
    static final int FD_CLOEXEC = 1;
    static final int F_GETFD = 1;
    static final int F_SETFD = 2;
    static final int F_SETFL = 4;
    static final int F_OFD_SETLK = 37;
    static final short F_WRLCK = 1;
    static final int F_DUPFD_QUERY = 1027;
    static final int F_DUPFD_CLOEXEC = 1030;
    static final int IN_NONBLOCK = 0x800;
    static final int IN_CLOEXEC = 0x80000;
    static final int IN_ATTRIB = 0x4;
    static final int IN_CLOSE_WRITE = 0x8;
    static final int IN_MOVED_FROM = 0x40;
    static final int IN_MOVED_TO = 0x80;
    static final int IN_CREATE = 0x100;
    static final int IN_DELETE = 0x200;
    static final int IN_DELETE_SELF = 0x400;
    static final int IN_MOVE_SELF = 0x800;
    static final int IN_UNMOUNT = 0x2000;
    static final int IN_Q_OVERFLOW = 0x4000;
    static final int IN_IGNORED = 0x8000;
    static final int IN_ONLYDIR = 0x1000000;
    static final int IN_ISDIR = 0x40000000;
    static final int IPPROTO_IP = 0;
    static final int IPPROTO_IPV6 = 41;
    static final int IP_FREEBIND = 15;
    static final int IPV6_V6ONLY = 26;
    static final int IPV6_FREEBIND = 78;
    static final int MSG_CTRUNC = 0x8;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_CMSG_CLOEXEC = 0x40000000;
    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_WRONLY = 1;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;
    static final int POSIX_SPAWN_SETSIGDEF = 0x4;
    static final int POSIX_SPAWN_SETSIGMASK = 0x8;
    static final int POSIX_SPAWN_SETSID = 0x80;
    static final int PRIO_PROCESS = 0;
    static final int PR_SET_CHILD_SUBREAPER = 36;
    static final int P_ALL = 0;
    static final int P_PID = 1;
    static final int P_PIDFD = 3;
    static final int RENAME_EXCHANGE = 2;
    static final int RLIMIT_NOFILE = 7;
    static final int SCM_RIGHTS = 1;
    static final int SCM_CREDENTIALS = 2;
    static final int SFD_NONBLOCK = 0x800;
    static final int SFD_CLOEXEC = 0x80000;
    static final int SIG_BLOCK = 0;
    static final int SIG_SETMASK = 2;
    static final long SIG_DFL = 0;
    static final long SIG_IGN = 1;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_SEQPACKET = 5;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_REUSEPORT = 15;
    static final int SO_PASSCRED = 16;
    static final int STATX_BASIC_STATS = 0x7ff;
    static final int SYS_pidfd_send_signal = 424;
    static final int SYS_pidfd_open = 434;
    static final int SYS_close_range = 436;
    static final int SYS_pidfd_getfd = 438;
    static final int S_IFMT = 0xf000;
    static final int S_IFIFO = 0x1000;
    static final int S_IFDIR = 0x4000;
    static final int S_IFREG = 0x8000;
    static final int S_IFLNK = 0xa000;
    static final int S_IFSOCK = 0xc000;
    static final int WNOHANG = 1;
    static final int WEXITED = 4;
    static final int WNOWAIT = 0x1000000;

    static final boolean ON_ARM = "aarch64".equals(System.getProperty("os.arch"));
    static final int O_DIRECTORY = ON_ARM ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = ON_ARM ? 0x8000 : 0x20000;

    private Libc() {}

    /// The errno that this thread's last call of a [NativeFunction] left behind.
    static int errno() {
        return LastError.getInstance().get();
    }
}
