package dev.reeve.bridge;

/// The functions of glibc about sockets and the kernel's other sources of events: eventfd(2), inotify(7), pipe(2) and
/// signalfd(2). See [Libc].
final class LibcSockets {
    private static final SystemCall BIND = new SystemCall("bind");
    private static final SystemCall CONNECT = new SystemCall("connect");
    private static final SystemCall EVENTFD = new SystemCall("eventfd");
    private static final SystemCall EVENTFD_READ = new SystemCall("eventfd_read");
    private static final SystemCall EVENTFD_WRITE = new SystemCall("eventfd_write");
    private static final NativeFunction INET_PTON = new NativeFunction("inet_pton");
    private static final SystemCall INOTIFY_ADD_WATCH = new SystemCall("inotify_add_watch");
    private static final SystemCall INOTIFY_INIT1 = new SystemCall("inotify_init1");
    private static final SystemCall INOTIFY_RM_WATCH = new SystemCall("inotify_rm_watch");
    private static final SystemCall LISTEN = new SystemCall("listen");
    private static final SystemCall PIPE2 = new SystemCall("pipe2");
    private static final SystemCall RECVMSG = new SystemCall("recvmsg");
    private static final SystemCall SETSOCKOPT = new SystemCall("setsockopt");
    private static final SystemCall SIGNALFD = new SystemCall("signalfd");
    private static final SystemCall SOCKET = new SystemCall("socket");

    private LibcSockets() {}

    static int bind(int fd, long address, int length) {
        return BIND.answer(fd, address, length);
    }

    static int connect(int fd, long address, int length) {
        return CONNECT.answer(fd, address, length);
    }

    static int eventfd(int initval, int flags) {
        return EVENTFD.answer(initval, flags);
    }

    static int eventfd_read(int fd, long value) {
        return EVENTFD_READ.answer(fd, value);
    }

    static int eventfd_write(int fd, long value) {
        return EVENTFD_WRITE.answer(fd, value);
    }

    static int inet_pton(int family, long text, long address) {
        return (int) INET_PTON.call(family, text, address);
    }

    static int inotify_add_watch(int fd, long path, int mask) {
        return INOTIFY_ADD_WATCH.answer(fd, path, mask);
    }

    static int inotify_init1(int flags) {
        return INOTIFY_INIT1.answer(flags);
    }

    static int inotify_rm_watch(int fd, int watch) {
        return INOTIFY_RM_WATCH.answer(fd, watch);
    }

    static int listen(int fd, int backlog) {
        return LISTEN.answer(fd, backlog);
    }

    static int pipe2(long ends, int flags) {
        return PIPE2.answer(ends, flags);
    }

    static int recvmsg(int fd, long message, int flags) {
        return RECVMSG.answer(fd, message, flags);
    }

    static int setsockopt(int fd, int level, int option, long value, int length) {
        return SETSOCKOPT.answer(fd, level, option, value, length);
    }

    static int signalfd(int fd, long mask, int flags) {
        return SIGNALFD.answer(fd, mask, flags);
    }

    static int socket(int family, int type, int protocol) {
        return SOCKET.answer(family, type, protocol);
    }
}
