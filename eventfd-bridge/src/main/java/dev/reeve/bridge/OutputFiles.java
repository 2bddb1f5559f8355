package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.failed;
import static dev.reeve.bridge.SystemCall.required;

/// Opens what output goes to. Each call answers a descriptor of an open file of its own (open(2)), so that whether one
/// of them blocks is not the concern of the others; all are close-on-exec, and none becomes the controlling terminal.
///
/// Any thread may call these. A fifo is one below a directory, by which nothing else is reached: ENXIO where the name
/// is another kind of file, ELOOP where it is a symlink.
public final class OutputFiles {
    /// What statfs(2) says of a tmpfs, and of the first root of a kernel that was built without one.
    private static final long TMPFS_MAGIC = 0x01021994;

    private static final long RAMFS_MAGIC = 0x858458f6L;

    private static final int STATFS_SIZE = 120;

    /// <asm-generic/ioctls.h>, which x86 and arm have.
    private static final long FIONREAD = 0x541B;

    private OutputFiles() {}

    /// The reading end, which does not block, and opens at once whether or not somebody writes.
    public static int openToRead(int directoryFd, String fifo) throws ErrnoException {
        return openFifo(directoryFd, fifo, Libc.O_RDONLY | Libc.O_NONBLOCK);
    }

    /// A writing end that blocks, as programs expect their standard output to. **Blocks** until somebody has the fifo
    /// open to read.
    public static int openToWrite(int directoryFd, String fifo) throws ErrnoException {
        return openFifo(directoryFd, fifo, Libc.O_WRONLY);
    }

    /// A writing end that does not block. ENXIO where nobody has the fifo open to read.
    public static int openToWriteAtOnce(int directoryFd, String fifo) throws ErrnoException {
        return openFifo(directoryFd, fifo, Libc.O_WRONLY | Libc.O_NONBLOCK);
    }

    /// A terminal to write to, which does not block even when somebody has stopped it (^S).
    public static int openTerminal(String path) throws ErrnoException {
        return openTerminal(path, Libc.O_WRONLY);
    }

    /// The same as programs expect it: what is written there waits for it, for ever where somebody has stopped it.
    public static int openWaitingTerminal(String path) throws ErrnoException {
        return openWaitingTerminal(path, Libc.O_WRONLY);
    }

    static int openWaitingTerminal(String path, int flags) throws ErrnoException {
        int fd = openTerminal(path, flags);
        LibcFiles.fcntl(fd, Libc.F_SETFL, 0);
        return fd;
    }

    /// To open one may take its time, too, for a modem's carrier.
    private static int openTerminal(String path, int flags) throws ErrnoException {
        return LinuxFiles.open(LinuxFiles.AT_FDCWD, path, flags | Libc.O_NONBLOCK | Libc.O_NOCTTY);
    }

    /// Whether the files in this directory take memory and no disk: they are on a tmpfs.
    public static boolean isInMemory(String directory) throws ErrnoException {
        String call = "statfs " + directory;
        NativeMemory memory = NativeMemory.ofThread();
        long path = memory.path(call, directory);
        int status = memory.reserve(STATFS_SIZE);
        long result = LibcFiles.statfs(path, memory.address(status));
        if (result < 0) {
            throw failed(call, result);
        }
        long type = memory.bytes().getLong(status);
        return type == TMPFS_MAGIC || type == RAMFS_MAGIC;
    }

    /// How many bytes lie in a pipe that nobody has read yet.
    public static int unread(int fd) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int count = memory.reserveZeroed(Integer.BYTES);
        required("ioctl FIONREAD", LibcMachine.ioctl(fd, FIONREAD, memory.address(count)));
        return memory.bytes().getInt(count);
    }

    private static int openFifo(int directoryFd, String fifo, int flags) throws ErrnoException {
        int fd = LinuxFiles.open(directoryFd, fifo, flags | Libc.O_NOCTTY | Libc.O_NOFOLLOW);
        try {
            LinuxFiles.requireFifo(fifo, LinuxFiles.statusOf(fd, fifo));
            return fd;
        } catch (ErrnoException failure) {
            LibcFiles.close(fd);
            throw failure;
        }
    }
}
