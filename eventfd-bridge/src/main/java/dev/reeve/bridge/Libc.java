package dev.reeve.bridge;

import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.Out;

/// The functions of glibc that reeve calls, and their constants, under C's own names: the manual pages say what
/// each does.
///
/// glibc 2.34 or later (posix_spawn_file_actions_addclosefrom_np) on x86_64 or aarch64. Layouts and numbers here
/// are those of both, taken from their headers; where they differ, [#ON_ARM] decides. Memory is passed as an
/// address, see [NativeMemory].
final class Libc {
    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AT_EMPTY_PATH = 0x1000;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int CLD_EXITED = 1;
    static final int CLOSE_RANGE_CLOEXEC = 4;
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

    /// The functions themselves.
    static final Functions C = LibraryLoader.create(Functions.class).load("libc.so.6");

    private static final Runtime RUNTIME = Runtime.getRuntime(C);

    private Libc() {}

    /// The errno that this thread's last call here left behind.
    static int errno() {
        return LastError.getLastError(RUNTIME);
    }

    /// Public for the JVM's sake, since jnr implements it from a class loader of its own; the class round it is
    /// not.
    ///
    /// A pointer, `long`, `size_t` and `ssize_t` are a Java `long`. Variadic functions (fcntl, openat, prctl,
    /// syscall) are declared with the arguments they get here, which both architectures' calling conventions allow.
    public interface Functions {
        int bind(int fd, long address, int length);

        int close(int fd);

        int connect(int fd, long address, int length);

        long dlsym(long handle, long symbol);

        int dup2(int from, int to);

        int eventfd(int initval, int flags);

        int eventfd_read(int fd, long value);

        int eventfd_write(int fd, long value);

        int execve(long path, long argv, long envp);

        int fchdir(int fd);

        int fchmod(int fd, int mode);

        int fchmodat(int directory, long path, int mode, int flags);

        int fchown(int fd, int user, int group);

        int fchownat(int directory, long path, int user, int group, int flags);

        int fcntl(int fd, int command, long argument);

        long getdents64(int fd, long buffer, long length);

        int getegid();

        int geteuid();

        int getgrnam_r(long name, long group, long strings, long length, long found);

        int getgrouplist(long user, int group, long groups, long count);

        int getpid();

        int getpwnam_r(long name, long passwd, long strings, long length, long found);

        int getrlimit(int resource, long limit);

        int getsid(int pid);

        int inet_pton(int family, long text, long address);

        int inotify_add_watch(int fd, long path, int mask);

        int inotify_init1(int flags);

        int inotify_rm_watch(int fd, int watch);

        int kill(int pid, int signal);

        int listen(int fd, int backlog);

        long memcpy(long to, long from, long length);

        int mkdirat(int directory, long path, int mode);

        int mkfifoat(int directory, long path, int mode);

        int openat(int directory, long path, int flags, int mode);

        int pipe2(long ends, int flags);

        /// The pid is an array, because jnr (2.3.4) passes a wrong sixth argument where all six are numbers: its
        /// own machine code for that takes the argument from the wrong place of the stack. With an array libffi
        /// makes the call.
        int posix_spawn(@Out int[] pid, long path, long actions, long attributes, long argv, long envp);

        int posix_spawn_file_actions_addclose(long actions, int fd);

        int posix_spawn_file_actions_addclosefrom_np(long actions, int from);

        int posix_spawn_file_actions_adddup2(long actions, int from, int to);

        int posix_spawn_file_actions_addfchdir_np(long actions, int fd);

        int posix_spawn_file_actions_destroy(long actions);

        int posix_spawn_file_actions_init(long actions);

        int posix_spawnattr_init(long attributes);

        int posix_spawnattr_setflags(long attributes, short flags);

        int posix_spawnattr_setsigdefault(long attributes, long signals);

        int posix_spawnattr_setsigmask(long attributes, long signals);

        int prctl(int option, long second, long third, long fourth, long fifth);

        int pthread_sigmask(int how, long set, long old);

        long read(int fd, long buffer, long length);

        long readlinkat(int directory, long path, long buffer, long length);

        long recvmsg(int fd, long message, int flags);

        int renameat(int fromDirectory, long from, int toDirectory, long to);

        int setpriority(int which, int who, int niceness);

        int setrlimit(int resource, long limit);

        int setsockopt(int fd, int level, int option, long value, int length);

        int sigemptyset(long set);

        long signal(int number, long disposition);

        int signalfd(int fd, long mask, int flags);

        int socket(int family, int type, int protocol);

        int statfs(long path, long buffer);

        int statx(int directory, long path, int flags, int mask, long buffer);

        long strlen(long text);

        long syscall(long number, long first, long second, long third, long fourth);

        int umask(int mask);

        int unlinkat(int directory, long path, int flags);

        int unshare(int flags);

        int waitid(int idType, int id, long info, int options);

        long write(int fd, long buffer, long length);
    }
}
