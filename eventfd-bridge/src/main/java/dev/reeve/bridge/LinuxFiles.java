package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.failed;
import static dev.reeve.bridge.SystemCall.required;

import dev.reeve.bridge.Kernel.FileStatus;
import dev.reeve.bridge.Kernel.Symlink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The calls of [LinuxKernel] that name files: everything by way of a directory's descriptor, nothing by way of
/// /proc.
final class LinuxFiles {
    /// What stands for the working directory where a call wants a directory's descriptor.
    static final int AT_FDCWD = -100;

    private static final int STATX_SIZE = 256;
    private static final int STATX_OWNER = 20;
    private static final int STATX_MODE = 28;
    private static final int STATX_INODE = 32;
    private static final int STATX_MODIFIED = 112;
    private static final int STATX_DEVICE = 136;

    private static final int DIRENT_LENGTH = 16;
    private static final int DIRENT_NAME = 19;
    private static final int DIRENTS_MAX = 32 * 1024;

    /// Some 30,000 names: whoever may make files in a directory that is listed is not to fill the heap with them.
    private static final int LISTED_BYTES_MAX = 1 << 20;

    private static final int PERMISSIONS = 0xfff;
    private static final int OWNER_MAY_READ = 0x100;
    private static final int FLOCK_SIZE = 32;

    private LinuxFiles() {}

    static int open(int directoryFd, String path, int flags) throws ErrnoException {
        long fd = tryOpen(directoryFd, path, flags);
        if (fd < 0) {
            throw failed("open " + path, fd);
        }
        return (int) fd;
    }

    /// A descriptor, or the errno negated.
    private static long tryOpen(int directoryFd, String path, int flags) throws ErrnoException {
        long name = NativeMemory.ofThread().pathTo("open", path);
        return LibcFiles.openat(directoryFd, name, flags | Libc.O_CLOEXEC, 0);
    }

    static int openDirectory(int directoryFd, String path) throws ErrnoException {
        return open(directoryFd, path, Libc.O_PATH | Libc.O_DIRECTORY);
    }

    static int openRealDirectory(int directoryFd, String path) throws ErrnoException {
        return open(directoryFd, path, Libc.O_PATH | Libc.O_DIRECTORY | Libc.O_NOFOLLOW);
    }

    static void makeFifo(int directoryFd, String name, int mode) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        long path = memory.path("mkfifo " + name, name);
        // The umask is the whole process's, so it cannot be set aside for one call: the mode is put right
        // afterwards, by a descriptor, since another file may have the name by then. Only who may read a fifo can
        // open it without waiting.
        long made = LibcFiles.mkfifoat(directoryFd, path, mode | OWNER_MAY_READ);
        if (made < 0) {
            throw failed("mkfifo " + name, made);
        }
        int fd = open(directoryFd, name, Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_NOCTTY | Libc.O_NOFOLLOW);
        try {
            FileStatus status = statusOf(fd, name);
            if (status.kind() != FileStatus.Kind.FIFO) {
                throw new ErrnoException("mkfifo " + name, Errno.EEXIST);
            }
            long changed = status.mode() == mode ? 0 : LibcFiles.fchmod(fd, mode);
            if (changed < 0) {
                throw failed("chmod " + name, changed);
            }
        } finally {
            LibcFiles.close(fd);
        }
    }

    static boolean makeDirectory(int directoryFd, String name, int mode) throws ErrnoException {
        long path = NativeMemory.ofThread().path("mkdir " + name, name);
        long made = LibcFiles.mkdirat(directoryFd, path, mode);
        if (made < 0 && made != -Errno.EEXIST) {
            throw failed("mkdir " + name, made);
        }
        return made == 0;
    }

    static int openLocked(int directoryFd, String name, int mode) throws ErrnoException {
        long path = NativeMemory.ofThread().path("open " + name, name);
        int flags = Libc.O_WRONLY | Libc.O_CREAT | Libc.O_NONBLOCK | Libc.O_NOCTTY | Libc.O_NOFOLLOW | Libc.O_CLOEXEC;
        long fd = LibcFiles.openat(directoryFd, path, flags, mode);
        if (fd < 0) {
            throw failed("open " + name, fd);
        }
        NativeMemory memory = NativeMemory.ofThread();
        // struct flock, all 0 but its type: from the beginning of the file to its end.
        int lock = memory.reserveZeroed(FLOCK_SIZE);
        memory.bytes().putShort(lock, Libc.F_WRLCK);
        long locked = LibcFiles.fcntl((int) fd, Libc.F_OFD_SETLK, memory.address(lock));
        if (locked >= 0) {
            return (int) fd;
        }
        LibcFiles.close((int) fd);
        if (locked == -Errno.EAGAIN || locked == -Errno.EACCES) {
            return Kernel.WOULD_BLOCK;
        }
        throw failed("lock " + name, locked);
    }

    /// Writes to a file that is there, in one call, as those in /proc want it.
    static void overwrite(String path, String text) throws ErrnoException {
        int fd = open(AT_FDCWD, path, Libc.O_WRONLY | Libc.O_NOCTTY);
        try {
            NativeMemory memory = NativeMemory.ofThread();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int copy = memory.reserve(bytes.length);
            memory.bytes().put(copy, bytes);
            long written = LibcFiles.write(fd, memory.address(copy), bytes.length);
            if (written < 0) {
                throw failed("write " + path, written);
            }
        } finally {
            LibcFiles.close(fd);
        }
    }

    /// What the symlink says, or null where the name is none. Its owner and its target are of the same one, however
    /// often another takes its name.
    static @Nullable Symlink readLink(int directoryFd, String name) throws ErrnoException {
        int fd = open(directoryFd, name, Libc.O_PATH | Libc.O_NOFOLLOW);
        try {
            return readLink(fd, name, NativeMemory.ofThread());
        } finally {
            LibcFiles.close(fd);
        }
    }

    private static @Nullable Symlink readLink(int fd, String name, NativeMemory memory) throws ErrnoException {
        long itself = memory.path("stat " + name, "");
        int status = memory.reserve(STATX_SIZE);
        long result = LibcFiles.statx(fd, itself, Libc.AT_EMPTY_PATH, Libc.STATX_BASIC_STATS, memory.address(status));
        if (result < 0) {
            throw failed("stat " + name, result);
        }
        int kind = Short.toUnsignedInt(memory.bytes().getShort(status + STATX_MODE)) & Libc.S_IFMT;
        if (kind != Libc.S_IFLNK) {
            return null;
        }
        int target = memory.reserve(NativeMemory.PATH_MAX);
        long length = LibcFiles.readlinkat(fd, itself, memory.address(target), NativeMemory.PATH_MAX);
        if (length < 0) {
            throw failed("read link " + name, length);
        }
        byte[] text = new byte[(int) length];
        memory.bytes().get(target, text);
        return new Symlink(
                new String(text, StandardCharsets.UTF_8), memory.bytes().getInt(status + STATX_OWNER));
    }

    static int openFifo(int directoryFd, String name) throws ErrnoException {
        FileStatus before = status(directoryFd, name);
        if (before == null) {
            throw new ErrnoException("open " + name, Errno.ENOENT);
        }
        // Asked before opening, because opening a device may set something off; and after, because the name may
        // have changed hands.
        requireFifo(name, before);
        int fd = open(directoryFd, name, Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_NOCTTY | Libc.O_NOFOLLOW);
        try {
            requireFifo(name, statusOf(fd, name));
        } catch (ErrnoException failure) {
            LibcFiles.close(fd);
            throw failure;
        }
        return fd;
    }

    static List<String> list(int directoryFd) throws ErrnoException {
        int fd = open(directoryFd, ".", Libc.O_RDONLY | Libc.O_DIRECTORY);
        try {
            NativeMemory memory = NativeMemory.ofThread();
            int entries = memory.reserve(DIRENTS_MAX);
            List<String> names = new ArrayList<>();
            int listed = 0;
            while (true) {
                long length =
                        required("list a directory", LibcFiles.getdents64(fd, memory.address(entries), DIRENTS_MAX));
                if (length == 0) {
                    return names;
                }
                listed += (int) length;
                if (listed > LISTED_BYTES_MAX) {
                    throw new ErrnoException("list a directory with too many files", Errno.EFBIG);
                }
                byte[] listing = new byte[(int) length];
                memory.bytes().get(entries, listing);
                addNames(names, listing);
            }
        } finally {
            LibcFiles.close(fd);
        }
    }

    private static void addNames(List<String> names, byte[] listing) {
        ByteBuffer bytes = ByteBuffer.wrap(listing).order(ByteOrder.nativeOrder());
        for (int entry = 0; entry < listing.length; ) {
            int name = entry + DIRENT_NAME;
            int end = name;
            while (listing[end] != 0) {
                end++;
            }
            String decoded = new String(listing, name, end - name, StandardCharsets.UTF_8);
            if (!decoded.equals(".") && !decoded.equals("..")) {
                names.add(decoded);
            }
            entry += Short.toUnsignedInt(bytes.getShort(entry + DIRENT_LENGTH));
        }
    }

    /// What is known of the file, or null where there is none.
    static @Nullable FileStatus status(int directoryFd, String name) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        long path = memory.pathTo("stat", name);
        int status = memory.reserve(STATX_SIZE);
        long result =
                LibcFiles.statx(directoryFd, path, Libc.AT_EMPTY_PATH, Libc.STATX_BASIC_STATS, memory.address(status));
        if (result == -Errno.ENOENT) {
            return null;
        }
        if (result < 0) {
            throw failed("stat " + name, result);
        }
        return statusFrom(memory.bytes(), status);
    }

    static FileStatus statusOf(int fd, String name) throws ErrnoException {
        FileStatus status = status(fd, "");
        if (status == null) {
            throw new ErrnoException("stat " + name, Errno.ENOENT);
        }
        return status;
    }

    private static FileStatus statusFrom(ByteBuffer bytes, int at) {
        int mode = Short.toUnsignedInt(bytes.getShort(at + STATX_MODE));
        FileStatus.Kind kind = switch (mode & Libc.S_IFMT) {
            case Libc.S_IFREG -> FileStatus.Kind.REGULAR;
            case Libc.S_IFDIR -> FileStatus.Kind.DIRECTORY;
            case Libc.S_IFIFO -> FileStatus.Kind.FIFO;
            case Libc.S_IFSOCK -> FileStatus.Kind.SOCKET;
            default -> FileStatus.Kind.OTHER;
        };
        long device = ((long) bytes.getInt(at + STATX_DEVICE) << 32)
                | Integer.toUnsignedLong(bytes.getInt(at + STATX_DEVICE + Integer.BYTES));
        long seconds = bytes.getLong(at + STATX_MODIFIED);
        int nanos = bytes.getInt(at + STATX_MODIFIED + Long.BYTES);
        return new FileStatus(
                device, bytes.getLong(at + STATX_INODE), kind, mode & PERMISSIONS, seconds * 1_000_000_000 + nanos);
    }

    /// The first bytes of a regular file, or null where there is none.
    static byte @Nullable [] read(int directoryFd, String name, int bytesMax) throws ErrnoException {
        // Most of what is asked for is not there, and an exception says so at length.
        long opened = tryOpen(directoryFd, name, Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_NOCTTY);
        if (opened == -Errno.ENOENT) {
            return null;
        }
        if (opened < 0) {
            throw failed("open " + name, opened);
        }
        int fd = (int) opened;
        try {
            requireRegular(name, statusOf(fd, name));
            return readFrom(fd, name, bytesMax);
        } finally {
            LibcFiles.close(fd);
        }
    }

    private static byte[] readFrom(int fd, String name, int bytesMax) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int at = memory.reserve(NativeMemory.TRANSFER_MAX);
        ByteArrayOutputStream content = new ByteArrayOutputStream(0);
        while (content.size() < bytesMax) {
            int wanted = Math.min(bytesMax - content.size(), NativeMemory.TRANSFER_MAX);
            long length = LibcFiles.read(fd, memory.address(at), wanted);
            if (length < 0) {
                throw failed("read " + name, length);
            }
            if (length == 0) {
                break;
            }
            byte[] part = new byte[(int) length];
            memory.bytes().get(at, part);
            content.write(part, 0, part.length);
        }
        return content.toByteArray();
    }

    static void requireFifo(String name, FileStatus status) throws ErrnoException {
        if (status.kind() != FileStatus.Kind.FIFO) {
            throw new ErrnoException("open fifo " + name, Errno.ENXIO);
        }
    }

    private static void requireRegular(String name, FileStatus status) throws ErrnoException {
        switch (status.kind()) {
            case REGULAR -> {}
            case DIRECTORY -> throw new ErrnoException("read " + name, Errno.EISDIR);
            case FIFO, SOCKET, OTHER -> throw new ErrnoException("read " + name, Errno.EINVAL);
        }
    }
}
