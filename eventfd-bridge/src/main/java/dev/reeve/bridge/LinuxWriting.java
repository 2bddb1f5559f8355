package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.failed;
import static dev.reeve.bridge.SystemCall.required;

/// The calls of [LinuxKernel] that write to files in directories that may be somebody else's: no symlink is followed,
/// and nothing is written into what was there before, so that whoever has prepared the directory cannot have another
/// file written.
final class LinuxWriting {
    private static final int OWNER_STAYS = -1;

    private LinuxWriting() {}

    static boolean writeFifo(int directoryFd, String name, byte[] bytes) throws ErrnoException {
        int fd;
        try {
            fd = LinuxFiles.open(directoryFd, name, Libc.O_WRONLY | Libc.O_NONBLOCK | Libc.O_NOCTTY | Libc.O_NOFOLLOW);
        } catch (ErrnoException failure) {
            if (failure.errno() == Errno.ENXIO) {
                return false;
            }
            throw failure;
        }
        try {
            LinuxFiles.requireFifo(name, LinuxFiles.statusOf(fd, name));
            long written = bytes.length == 0 ? 0 : write(fd, bytes);
            if (written < 0 && written != -Errno.EPIPE && written != -Errno.EAGAIN) {
                throw failed("write " + name, written);
            }
            return written != -Errno.EPIPE;
        } finally {
            LibcFiles.close(fd);
        }
    }

    static void setDirectoryMode(int directoryFd, String name, int mode) throws ErrnoException {
        int fd = LinuxFiles.open(directoryFd, name, Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_NOFOLLOW);
        try {
            // In this order, because chown(2) may take the mode's special bits away.
            required("chown " + name, LibcFiles.fchown(fd, OWNER_STAYS, LibcProcesses.getegid()));
            required("chmod " + name, LibcFiles.fchmod(fd, mode));
        } finally {
            LibcFiles.close(fd);
        }
    }

    static void replaceFile(int directoryFd, String name, byte[] bytes, int mode) throws ErrnoException {
        if (bytes.length == 0 && madeEmpty(directoryFd, name, mode)) {
            return;
        }
        String unfinished = name + ".new";
        fill(unfinished, makeFile(directoryFd, unfinished, mode), bytes, mode);
        NativeMemory memory = NativeMemory.ofThread();
        long from = memory.path("rename " + unfinished, unfinished);
        long to = memory.path("rename " + unfinished, name);
        // ext4 has the data of a file that replaces another on its way to the disk before rename(2) returns. Where the
        // two change places it has not, and the old one goes afterwards.
        long exchanged = LibcFiles.renameat2(directoryFd, from, directoryFd, to, Libc.RENAME_EXCHANGE);
        if (exchanged >= 0) {
            remove(directoryFd, unfinished);
            return;
        }
        // There is none yet, or this file system exchanges nothing.
        required("rename " + unfinished, LibcFiles.renameat(directoryFd, from, directoryFd, to));
    }

    /// Whether there was no file of this name. One that is empty is whole as soon as it is there.
    private static boolean madeEmpty(int directoryFd, String name, int mode) throws ErrnoException {
        long made = makeExclusively(directoryFd, name, mode);
        if (made == -Errno.EEXIST) {
            return false;
        }
        required("make " + name, made);
        fill(name, (int) made, new byte[0], mode);
        return true;
    }

    private static void fill(String name, int fd, byte[] bytes, int mode) throws ErrnoException {
        try {
            required("chmod " + name, LibcFiles.fchmod(fd, mode));
            if (bytes.length > 0) {
                long written = write(fd, bytes);
                required("write " + name, written);
                if (written < bytes.length) {
                    throw new ErrnoException("write " + name, Errno.ENOSPC);
                }
            }
        } finally {
            LibcFiles.close(fd);
        }
    }

    /// A file that was not there before: what has its name, left by a process that was killed perhaps, is removed.
    private static int makeFile(int directoryFd, String name, int mode) throws ErrnoException {
        long made = makeExclusively(directoryFd, name, mode);
        if (made == -Errno.EEXIST) {
            remove(directoryFd, name);
            made = makeExclusively(directoryFd, name, mode);
        }
        required("make " + name, made);
        return (int) made;
    }

    private static long makeExclusively(int directoryFd, String name, int mode) throws ErrnoException {
        int flags = Libc.O_WRONLY | Libc.O_CREAT | Libc.O_EXCL | Libc.O_CLOEXEC;
        long path = NativeMemory.ofThread().path("make " + name, name);
        return LibcFiles.openat(directoryFd, path, flags, mode);
    }

    static void remove(int directoryFd, String name) throws ErrnoException {
        long path = NativeMemory.ofThread().path("remove " + name, name);
        long removed = LibcFiles.unlinkat(directoryFd, path, 0);
        if (removed != -Errno.ENOENT) {
            required("remove " + name, removed);
        }
    }

    private static long write(int fd, byte[] bytes) {
        NativeMemory memory = NativeMemory.ofThread();
        int copy = memory.reserve(bytes.length);
        memory.bytes().put(copy, bytes);
        return LibcFiles.write(fd, memory.address(copy), bytes.length);
    }
}
