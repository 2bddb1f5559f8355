package dev.reeve.bridge;

/// The functions of glibc about files and descriptors. See [Libc].
final class LibcFiles {
    private static final NativeFunction CLOSE = new NativeFunction("close");
    private static final SystemCall DUP2 = new SystemCall("dup2");
    private static final SystemCall FCHDIR = new SystemCall("fchdir");
    private static final SystemCall FCHMOD = new SystemCall("fchmod");
    private static final SystemCall FCHMODAT = new SystemCall("fchmodat");
    private static final SystemCall FCHOWN = new SystemCall("fchown");
    private static final SystemCall FCHOWNAT = new SystemCall("fchownat");
    private static final SystemCall FCNTL = new SystemCall("fcntl");
    private static final SystemCall GETDENTS64 = new SystemCall("getdents64");
    private static final SystemCall MKDIRAT = new SystemCall("mkdirat");
    private static final SystemCall MKFIFOAT = new SystemCall("mkfifoat");
    private static final SystemCall OPENAT = new SystemCall("openat");
    private static final SystemCall READ = new SystemCall("read");
    private static final SystemCall READLINKAT = new SystemCall("readlinkat");
    private static final SystemCall RENAMEAT = new SystemCall("renameat");
    private static final SystemCall RENAMEAT2 = new SystemCall("renameat2");
    private static final SystemCall STATFS = new SystemCall("statfs");
    private static final SystemCall STATX = new SystemCall("statx");
    private static final NativeFunction UMASK = new NativeFunction("umask");
    private static final SystemCall UNLINKAT = new SystemCall("unlinkat");
    private static final SystemCall WRITE = new SystemCall("write");

    private LibcFiles() {}

    static int close(int fd) {
        return (int) CLOSE.call(fd);
    }

    static int dup2(int from, int to) {
        return DUP2.answer(from, to);
    }

    static int fchdir(int fd) {
        return FCHDIR.answer(fd);
    }

    static int fchmod(int fd, int mode) {
        return FCHMOD.answer(fd, mode);
    }

    static int fchmodat(int directory, long path, int mode, int flags) {
        return FCHMODAT.answer(directory, path, mode, flags);
    }

    static int fchown(int fd, int user, int group) {
        return FCHOWN.answer(fd, user, group);
    }

    static int fchownat(int directory, long path, int user, int group, int flags) {
        return FCHOWNAT.answer(directory, path, user, group, flags);
    }

    static int fcntl(int fd, int command, long argument) {
        return FCNTL.answer(fd, command, argument);
    }

    static int getdents64(int fd, long buffer, long length) {
        return GETDENTS64.answer(fd, buffer, length);
    }

    static int mkdirat(int directory, long path, int mode) {
        return MKDIRAT.answer(directory, path, mode);
    }

    static int mkfifoat(int directory, long path, int mode) {
        return MKFIFOAT.answer(directory, path, mode);
    }

    static int openat(int directory, long path, int flags, int mode) {
        return OPENAT.answer(directory, path, flags, mode);
    }

    static int read(int fd, long buffer, long length) {
        return READ.answer(fd, buffer, length);
    }

    static int readlinkat(int directory, long path, long buffer, long length) {
        return READLINKAT.answer(directory, path, buffer, length);
    }

    static int renameat(int fromDirectory, long from, int toDirectory, long to) {
        return RENAMEAT.answer(fromDirectory, from, toDirectory, to);
    }

    static int renameat2(int fromDirectory, long from, int toDirectory, long to, int flags) {
        return RENAMEAT2.answer(fromDirectory, from, toDirectory, to, flags);
    }

    static int statfs(long path, long buffer) {
        return STATFS.answer(path, buffer);
    }

    static int statx(int directory, long path, int flags, int mask, long buffer) {
        return STATX.answer(directory, path, flags, mask, buffer);
    }

    static int umask(int mask) {
        return (int) UMASK.call(mask);
    }

    static int unlinkat(int directory, long path, int flags) {
        return UNLINKAT.answer(directory, path, flags);
    }

    static int write(int fd, long buffer, long length) {
        return WRITE.answer(fd, buffer, length);
    }
}
