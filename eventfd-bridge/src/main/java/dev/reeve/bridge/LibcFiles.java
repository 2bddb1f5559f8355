package dev.reeve.bridge;

/// The functions of glibc about files and descriptors. See [Libc].
final class LibcFiles {
    private static final NativeFunction CLOSE = new NativeFunction("close");
    private static final NativeFunction DUP2 = new NativeFunction("dup2");
    private static final NativeFunction FCHDIR = new NativeFunction("fchdir");
    private static final NativeFunction FCHMOD = new NativeFunction("fchmod");
    private static final NativeFunction FCHMODAT = new NativeFunction("fchmodat");
    private static final NativeFunction FCHOWN = new NativeFunction("fchown");
    private static final NativeFunction FCHOWNAT = new NativeFunction("fchownat");
    private static final NativeFunction FCNTL = new NativeFunction("fcntl");
    private static final NativeFunction GETDENTS64 = new NativeFunction("getdents64");
    private static final NativeFunction MKDIRAT = new NativeFunction("mkdirat");
    private static final NativeFunction MKFIFOAT = new NativeFunction("mkfifoat");
    private static final NativeFunction OPENAT = new NativeFunction("openat");
    private static final NativeFunction READ = new NativeFunction("read");
    private static final NativeFunction READLINKAT = new NativeFunction("readlinkat");
    private static final NativeFunction RENAMEAT = new NativeFunction("renameat");
    private static final NativeFunction RENAMEAT2 = new NativeFunction("renameat2");
    private static final NativeFunction STATFS = new NativeFunction("statfs");
    private static final NativeFunction STATX = new NativeFunction("statx");
    private static final NativeFunction UMASK = new NativeFunction("umask");
    private static final NativeFunction UNLINKAT = new NativeFunction("unlinkat");
    private static final NativeFunction WRITE = new NativeFunction("write");

    private LibcFiles() {}

    static int close(int fd) {
        return (int) CLOSE.call(fd);
    }

    static int dup2(int from, int to) {
        return (int) DUP2.call(from, to);
    }

    static int fchdir(int fd) {
        return (int) FCHDIR.call(fd);
    }

    static int fchmod(int fd, int mode) {
        return (int) FCHMOD.call(fd, mode);
    }

    static int fchmodat(int directory, long path, int mode, int flags) {
        return (int) FCHMODAT.call(directory, path, mode, flags);
    }

    static int fchown(int fd, int user, int group) {
        return (int) FCHOWN.call(fd, user, group);
    }

    static int fchownat(int directory, long path, int user, int group, int flags) {
        return (int) FCHOWNAT.call(directory, path, user, group, flags);
    }

    static int fcntl(int fd, int command, long argument) {
        return (int) FCNTL.call(fd, command, argument);
    }

    static long getdents64(int fd, long buffer, long length) {
        return GETDENTS64.call(fd, buffer, length);
    }

    static int mkdirat(int directory, long path, int mode) {
        return (int) MKDIRAT.call(directory, path, mode);
    }

    static int mkfifoat(int directory, long path, int mode) {
        return (int) MKFIFOAT.call(directory, path, mode);
    }

    static int openat(int directory, long path, int flags, int mode) {
        return (int) OPENAT.call(directory, path, flags, mode);
    }

    static long read(int fd, long buffer, long length) {
        return READ.call(fd, buffer, length);
    }

    static long readlinkat(int directory, long path, long buffer, long length) {
        return READLINKAT.call(directory, path, buffer, length);
    }

    static int renameat(int fromDirectory, long from, int toDirectory, long to) {
        return (int) RENAMEAT.call(fromDirectory, from, toDirectory, to);
    }

    static int renameat2(int fromDirectory, long from, int toDirectory, long to, int flags) {
        return (int) RENAMEAT2.call(fromDirectory, from, toDirectory, to, flags);
    }

    static int statfs(long path, long buffer) {
        return (int) STATFS.call(path, buffer);
    }

    static int statx(int directory, long path, int flags, int mask, long buffer) {
        return (int) STATX.call(directory, path, flags, mask, buffer);
    }

    static int umask(int mask) {
        return (int) UMASK.call(mask);
    }

    static int unlinkat(int directory, long path, int flags) {
        return (int) UNLINKAT.call(directory, path, flags);
    }

    static long write(int fd, long buffer, long length) {
        return WRITE.call(fd, buffer, length);
    }
}
