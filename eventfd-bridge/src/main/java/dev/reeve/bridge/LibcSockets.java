package dev.reeve.bridge;

/// The functions of glibc about sockets and the kernel's other sources of events: eventfd(2), inotify(7), pipe(2) and
/// signalfd(2). See [Libc].
final class LibcSockets {
    private static final NativeFunction BIND = new NativeFunction("bind");
    private static final NativeFunction CONNECT = new NativeFunction("connect");
    private static final NativeFunction EVENTFD = new NativeFunction("eventfd");
    private static final NativeFunction EVENTFD_READ = new NativeFunction("eventfd_read");
    private static final NativeFunction EVENTFD_WRITE = new NativeFunction("eventfd_write");
    private static final NativeFunction INET_PTON = new NativeFunction("inet_pton");
    private static final NativeFunction INOTIFY_ADD_WATCH = new NativeFunction("inotify_add_watch");
    private static final NativeFunction INOTIFY_INIT1 = new NativeFunction("inotify_init1");
    private static final NativeFunction INOTIFY_RM_WATCH = new NativeFunction("inotify_rm_watch");
    private static final NativeFunction LISTEN = new NativeFunction("listen");
    private static final NativeFunction PIPE2 = new NativeFunction("pipe2");
    private static final NativeFunction RECVMSG = new NativeFunction("recvmsg");
    private static final NativeFunction SETSOCKOPT = new NativeFunction("setsockopt");
    private static final NativeFunction SIGNALFD = new NativeFunction("signalfd");
    private static final NativeFunction SOCKET = new NativeFunction("socket");

    private LibcSockets() {}

    static int bind(int fd, long address, int length) {
        return (int) BIND.call(fd, address, length);
    }

    static int connect(int fd, long address, int length) {
        return (int) CONNECT.call(fd, address, length);
    }

    static int eventfd(int initval, int flags) {
        return (int) EVENTFD.call(initval, flags);
    }

    static int eventfd_read(int fd, long value) {
        return (int) EVENTFD_READ.call(fd, value);
    }

    static int eventfd_write(int fd, long value) {
        return (int) EVENTFD_WRITE.call(fd, value);
    }

    static int inet_pton(int family, long text, long address) {
        return (int) INET_PTON.call(family, text, address);
    }

    static int inotify_add_watch(int fd, long path, int mask) {
        return (int) INOTIFY_ADD_WATCH.call(fd, path, mask);
    }

    static int inotify_init1(int flags) {
        return (int) INOTIFY_INIT1.call(flags);
    }

    static int inotify_rm_watch(int fd, int watch) {
        return (int) INOTIFY_RM_WATCH.call(fd, watch);
    }

    static int listen(int fd, int backlog) {
        return (int) LISTEN.call(fd, backlog);
    }

    static int pipe2(long ends, int flags) {
        return (int) PIPE2.call(ends, flags);
    }

    static long recvmsg(int fd, long message, int flags) {
        return RECVMSG.call(fd, message, flags);
    }

    static int setsockopt(int fd, int level, int option, long value, int length) {
        return (int) SETSOCKOPT.call(fd, level, option, value, length);
    }

    static int signalfd(int fd, long mask, int flags) {
        return (int) SIGNALFD.call(fd, mask, flags);
    }

    static int socket(int family, int type, int protocol) {
        return (int) SOCKET.call(family, type, protocol);
    }
}
