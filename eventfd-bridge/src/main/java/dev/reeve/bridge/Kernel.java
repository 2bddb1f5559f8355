package dev.reeve.bridge;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The system calls reeve makes, in Java names and types: the seam between deciding and the machine.
///
/// Every descriptor that a method here returns is close-on-exec. Every method may be called from any thread, and
/// takes EINTR upon itself. A failing call throws [ErrnoException] with the call's name and its errno; what is an
/// ordinary answer (nothing to read yet, no such file, child still runs) is a value. Methods say where they may
/// block: none of those is for the loop's thread.
public interface Kernel {

    /// What [#read] answers when there is nothing to read yet, and [#write] when there is no room (EAGAIN).
    int WOULD_BLOCK = -1;

    /// What [#sessionOf] answers where there is no such process.
    int NO_PROCESS = -1;

    /// Now, on CLOCK_MONOTONIC, in nanoseconds.
    long monotonicNanos();

    /// The number of bytes read into the buffer (its position advances), 0 at the end of the file, or
    /// [#WOULD_BLOCK]. At most 64 KiB at a time; the buffer must have room.
    int read(int fd, ByteBuffer buffer) throws ErrnoException;

    /// The number of bytes written from the buffer (its position advances), or [#WOULD_BLOCK]. EPIPE where nobody
    /// reads any more.
    int write(int fd, ByteBuffer buffer) throws ErrnoException;

    /// Whether the descriptor is one that this process was started with, or made to be passed on: it is open, and
    /// not close-on-exec.
    boolean isPassedOn(int fd) throws ErrnoException;

    /// Makes `copy` mean what `fd` does (dup2(2)), in the place of what it meant. It is passed on to children.
    void duplicate(int fd, int copy) throws ErrnoException;

    /// Closes the descriptor. Whatever close(2) answers, the descriptor is gone afterwards, so nothing is thrown.
    void close(int fd);

    /// Whether both descriptors are of one open file. Not, where the kernel cannot tell (before Linux 6.10).
    boolean isSameFile(int fd, int other) throws ErrnoException;

    /// A pipe for a child to announce something by: our read end does not block, the child's write end does (they
    /// are two open files, so one's O_NONBLOCK is not the other's).
    Pipe pipe() throws ErrnoException;

    /// A pipe that two children talk through, so both ends block.
    Pipe pipeBetweenChildren() throws ErrnoException;

    /// An eventfd(2), non-blocking, at 0.
    int eventfd() throws ErrnoException;

    /// Adds one to the eventfd: its reader wakes. Never blocks: a full counter has woken the reader already.
    void signalEventfd(int fd) throws ErrnoException;

    /// Takes the eventfd's count back to 0; answers whether it was above.
    boolean drainEventfd(int fd) throws ErrnoException;

    /// A signalfd(2), non-blocking, for these signal numbers. It sees only what every thread blocks, see
    /// [#blockedSignals].
    int signalfd(Set<Integer> signals) throws ErrnoException;

    /// The next signal pending on the signalfd, or null when there is none.
    @Nullable
    ArrivedSignal readSignalfd(int fd) throws ErrnoException;

    /// The signals that the calling thread blocks.
    Set<Integer> blockedSignals() throws ErrnoException;

    /// An inotify(7) instance, non-blocking.
    int inotify() throws ErrnoException;

    /// Watches what the directory's entries do (IN_CREATE, IN_DELETE, IN_MOVE, IN_ATTRIB, IN_CLOSE_WRITE,
    /// IN_DELETE_SELF, IN_MOVE_SELF, IN_ONLYDIR) and answers the watch descriptor. ENOSPC:
    /// fs.inotify.max_user_watches is reached.
    int watchDirectory(int inotifyFd, String path) throws ErrnoException;

    /// Watches a directory no more. One that is not watched any more (EINVAL) is no error.
    void unwatchDirectory(int inotifyFd, int watch) throws ErrnoException;

    /// The changes that are pending on the inotify descriptor, oldest first; empty when there are none. One call
    /// answers 64 KiB of them at most, some two thousand.
    List<DirectoryChange> readInotify(int fd) throws ErrnoException;

    /// Makes a fifo below the directory, with exactly this mode. EEXIST where the name is taken. May block on a
    /// slow disk.
    void makeFifoAt(int directoryFd, String name, int mode) throws ErrnoException;

    /// Opens a fifo to read what others write, non-blocking, and holds it open for writing too, so that it never
    /// ends. May block on a slow disk. ENXIO where the name is not a fifo, ELOOP where it is a symlink to one.
    int openFifoAt(int directoryFd, String name) throws ErrnoException;

    /// Writes these bytes, which may be none, to a fifo below the directory, without waiting for its reader: what it
    /// has no room for is lost. Answers whether somebody has it open to read. ENXIO where the name is not a fifo; a
    /// symlink is none. May block on a slow disk.
    boolean writeFifoAt(int directoryFd, String name, byte[] bytes) throws ErrnoException;

    /// Opens a directory as an identity (O_PATH): later calls that name it by descriptor mean this very directory,
    /// whatever becomes of its path. Follows symlinks. May block on a slow disk.
    int openDirectory(String path) throws ErrnoException;

    /// The same, relative to another directory.
    int openDirectoryAt(int directoryFd, String name) throws ErrnoException;

    /// The same, but not through a symlink: ENOTDIR where the name is one.
    int openRealDirectoryAt(int directoryFd, String name) throws ErrnoException;

    /// The names in the directory, without `.` and `..`, in no order; EFBIG if they take more than a mebibyte. May
    /// block on a slow disk.
    List<String> listDirectory(int directoryFd) throws ErrnoException;

    /// What is known of a file below the directory (symlinks followed; an empty name means the directory itself),
    /// or null where there is none (ENOENT). May block on a slow disk.
    @Nullable
    FileStatus statusAt(int directoryFd, String name) throws ErrnoException;

    /// The first bytes of a regular file below the directory, at most `bytesMax` of them, or null where there is
    /// none (ENOENT). EISDIR or EINVAL where the name is not a regular file: a fifo is never waited for. May block
    /// on a slow disk.
    byte @Nullable [] readFileAt(int directoryFd, String name, int bytesMax) throws ErrnoException;

    /// Makes a directory below the directory, with this mode less the umask; answers whether it was not there
    /// before. May block on a slow disk.
    boolean makeDirectoryAt(int directoryFd, String name, int mode) throws ErrnoException;

    /// Gives a directory below the directory, which is not reached through a symlink, exactly this mode, and this
    /// process's effective group. May block on a slow disk.
    void setDirectoryModeAt(int directoryFd, String name, int mode) throws ErrnoException;

    /// What the symlink below the directory says, and whose it is, or null where the name is no symlink. May block
    /// on a slow disk.
    @Nullable
    Symlink readLinkAt(int directoryFd, String name) throws ErrnoException;

    /// Makes a file below the directory with these bytes and exactly this mode, in the place of what had its name:
    /// whoever opens it reads the old bytes or the new ones. It is made as `NAME.new` first. May block on a slow
    /// disk.
    void replaceFileAt(int directoryFd, String name, byte[] bytes, int mode) throws ErrnoException;

    /// Removes a file below the directory. One that is not there (ENOENT) is no error. May block on a slow disk.
    void removeFileAt(int directoryFd, String name) throws ErrnoException;

    /// Opens a file below the directory for writing, makes it where there is none (this mode less the umask), and
    /// locks all of it for this open file (F_OFD_SETLK, which s6's own locks respect, fcntl(2)). Answers its
    /// descriptor, or [#WOULD_BLOCK] where another holds the lock. Whoever inherits the descriptor holds the lock
    /// too. May block on a slow disk.
    int openLockedAt(int directoryFd, String name, int mode) throws ErrnoException;

    /// Makes a datagram socket at this path (unix(7)), non-blocking, with exactly this mode and this owner, which
    /// learns who sent each datagram. A path that begins with an at-sign is an abstract name, which has neither.
    /// EADDRINUSE where the path is taken, ENAMETOOLONG where it has more than 107 bytes. May block on a slow disk.
    int bindDatagramSocket(String path, int mode, int owner) throws ErrnoException;

    /// The next datagram that arrived on such a socket, of which at most so many bytes are kept, or null when there
    /// is none yet. Close it: descriptors may have come with it.
    @Nullable
    Datagram receive(int fd, int bytesMax) throws ErrnoException;

    /// The session of a process (getsid(2)): 0 where its leader is outside of our PID namespace, as that of a process
    /// which somebody had enter a container is; [#NO_PROCESS] where there is no such process.
    int sessionOf(int pid) throws ErrnoException;

    /// The parent of a process, or 0 where it is not known: there is no such process, or no /proc. Reads a file that
    /// no disk answers.
    int parentOf(int pid);

    /// Whom an account of this machine acts as: its user, its group and its further groups; empty where there is no
    /// such account. **Blocks** for as long as the machine's name services take.
    Optional<Credentials> findAccount(String account) throws ErrnoException;

    /// The id of a group of this machine; empty where there is none of this name. **Blocks** as [#findAccount] does.
    OptionalInt findGroup(String group) throws ErrnoException;

    /// Opens a socket, which blocks, at an address for others to connect or send to, and has it listen unless its
    /// type knows no connections. EADDRINUSE where another has the address; a socket's file that is no open
    /// socket's any more is replaced. ENOTSOCK where another file has the name, EINVAL where the text is no
    /// address. May block on a slow disk.
    int openSocket(SocketOrder order) throws ErrnoException;

    /// Changes how many connections to a listening socket may wait to be accepted.
    void setBacklog(int fd, int backlog) throws ErrnoException;

    /// Says how soon the kernel kills a process when memory runs out: -1000 (never) to 1000. EACCES: lowering it
    /// needs CAP_SYS_RESOURCE. ENOENT where there is no /proc.
    void setOomScore(int pid, int score) throws ErrnoException;

    /// Starts a program by posix_spawn(3) and answers its pid. Returns when the child has executed the program, or
    /// has failed to, which throws the child's errno: **blocks** for as long as the disk with the program takes.
    default int spawn(SpawnOrder order) throws ErrnoException {
        return spawn(order, SpawnMoment.PLAIN);
    }

    /// The same, where something is to be otherwise in this process at the moment when the child takes after it.
    int spawn(SpawnOrder order, SpawnMoment moment) throws ErrnoException;

    /// A pidfd for the process, a child or another; readable when it has ended. ESRCH where there is none.
    int openPidfd(int pid) throws ErrnoException;

    /// Reaps the child of this pidfd, if it has ended; null while it runs. ECHILD where it is another's child, or was
    /// reaped.
    @Nullable
    ChildEnd reapPidfd(int pidfd) throws ErrnoException;

    /// From now on descendants of this process that lose their parent become its children, as they would PID 1's
    /// (PR_SET_CHILD_SUBREAPER). Its own children do not inherit this.
    void adoptOrphans() throws ErrnoException;

    /// A child that has ended and was not reaped, whichever it is, left as it is (WNOWAIT); null when there is
    /// none. Takes time in proportion to the number of children.
    @Nullable
    ChildEnd findEndedChild() throws ErrnoException;

    /// Reaps the child with this pid, if it has ended; null while it runs, or when there is no such child.
    @Nullable
    ChildEnd reapPid(int pid) throws ErrnoException;

    /// Sends a signal to the process of the pidfd. ESRCH when it was reaped.
    void signalPidfd(int pidfd, int signal) throws ErrnoException;

    /// Sends a signal to a process group.
    void signalGroup(int processGroup, int signal) throws ErrnoException;

    /// This process's RLIMIT_NOFILE.
    ResourceLimit descriptorLimit() throws ErrnoException;

    /// Changes this process's RLIMIT_NOFILE.
    void setDescriptorLimit(ResourceLimit limit) throws ErrnoException;

    /// Marks every descriptor of this process from `first` on close-on-exec.
    void closeOnExecFrom(int first) throws ErrnoException;

    /// The environment this process was started with, each entry `NAME=value` in its own bytes.
    List<byte[]> environment();

    /// This process's pid.
    int pid();

    /// The user id that this process acts as.
    int effectiveUser();

    /// The moment in which a child takes after this process: from just before clone(2) until the child has executed its
    /// program. What leads to it and can fail has been done before.
    interface SpawnMoment {

        /// Nothing is to be otherwise.
        SpawnMoment PLAIN = new SpawnMoment() {};

        /// Called by the thread that spawns; what this throws, [Kernel#spawn] does.
        default void begins() throws ErrnoException {}

        /// Called by the same thread if it has begun, whatever came of it.
        default void ended() {}
    }

    /// Both ends of a pipe.
    record Pipe(int readEnd, int writeEnd) {}

    /// A signal read from a signalfd: its number, and the pid of its sender (for SIGCHLD, the child's), 0 if the
    /// kernel sent it.
    record ArrivedSignal(int signal, int pid) {}

    /// How a child ended. If `signalled`, `code` is the signal's number, else it is the exit code.
    record ChildEnd(int pid, boolean signalled, int code) {}

    /// A soft and a hard limit; [#UNLIMITED] is RLIM_INFINITY.
    record ResourceLimit(long soft, long hard) {
        public static final long UNLIMITED = -1;
    }

    /// One change in a watched directory. `name` is that of the entry, empty when the directory itself is meant.
    record DirectoryChange(int watch, String name, What what) {
        public enum What {
            /// An empty directory was made here (IN_CREATE with IN_ISDIR): whoever made it fills it yet.
            MADE,
            /// An entry is here as it will be: it was renamed into the directory, or is no directory.
            ARRIVED,
            /// An entry was removed or renamed away.
            LEFT,
            /// An entry's contents or attributes changed.
            CHANGED,
            /// The watched directory itself was removed or renamed, or its watch has ended.
            ITSELF_LEFT,
            /// Changes were lost (IN_Q_OVERFLOW): everything may have changed.
            LOST
        }
    }

    /// A symlink: where it leads, and the user whose it is.
    record Symlink(String target, int owner) {
        private static final int ROOT = 0;

        /// Whether this user, or root, made it: who else has made it may want it followed to harm them.
        public boolean isTrustedBy(int user) {
            return owner == user || owner == ROOT;
        }
    }

    /// A file's identity (device and inode) and kind; `mode` holds the permission bits, the times are in
    /// nanoseconds since 1970.
    record FileStatus(long device, long inode, Kind kind, int mode, long modifiedNanos) {
        public enum Kind {
            REGULAR,
            DIRECTORY,
            FIFO,
            SOCKET,
            OTHER
        }
    }
}
