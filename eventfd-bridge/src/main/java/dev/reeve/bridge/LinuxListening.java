package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.required;

import dev.reeve.bridge.Kernel.FileStatus;
import dev.reeve.bridge.SocketOrder.InternetAddress;
import dev.reeve.bridge.SocketOrder.SocketFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The calls of [LinuxKernel] that open sockets for others to connect to.
final class LinuxListening {
    private static final int ADDRESS_SIZE = 16;
    private static final int ADDRESS_IN = 4;
    private static final int ADDRESS6_SIZE = 28;
    private static final int ADDRESS6_IN = 8;
    private static final int PORT = 2;
    private static final int FILE_NAME = 2;

    private static final int PERMISSIONS = 0x1ff;

    private LinuxListening() {}

    static int open(SocketOrder order) throws ErrnoException {
        return switch (order.address()) {
            case InternetAddress address -> openInternet(order, address);
            case SocketFile file -> OwnThread.call("one-bind", () -> openFile(order, file));
        };
    }

    static void setBacklog(int fd, int backlog) throws ErrnoException {
        required("listen", LibcSockets.listen(fd, backlog));
    }

    private static int openInternet(SocketOrder order, InternetAddress address) throws ErrnoException {
        String call = "bind " + address.address() + " port " + address.port();
        int fd = socket(address.isVersion6() ? Libc.AF_INET6 : Libc.AF_INET, order.type());
        try {
            setOptions(fd, order.type(), address);
            bind(call, fd, address);
            listen(fd, order);
            return fd;
        } catch (ErrnoException e) {
            LibcFiles.close(fd);
            throw e;
        }
    }

    private static void setOptions(int fd, SocketOrder.Type type, InternetAddress address) throws ErrnoException {
        if (type == SocketOrder.Type.STREAM) {
            // Else connections of an earlier listener, long closed, keep the port for a minute.
            set(fd, Libc.SOL_SOCKET, Libc.SO_REUSEADDR);
        }
        if (address.isVersion6()) {
            set(fd, Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY);
        }
        if (address.shared()) {
            set(fd, Libc.SOL_SOCKET, Libc.SO_REUSEPORT);
        }
        if (address.early() && address.isVersion6()) {
            set(fd, Libc.IPPROTO_IPV6, Libc.IPV6_FREEBIND);
        } else if (address.early()) {
            set(fd, Libc.IPPROTO_IP, Libc.IP_FREEBIND);
        }
    }

    private static void set(int fd, int level, int option) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int on = memory.reserve(Integer.BYTES);
        memory.bytes().putInt(on, 1);
        required(
                "setsockopt " + option + " of level " + level,
                LibcSockets.setsockopt(fd, level, option, memory.address(on), Integer.BYTES));
    }

    private static void bind(String call, int fd, InternetAddress address) throws ErrnoException {
        boolean isVersion6 = address.isVersion6();
        int family = isVersion6 ? Libc.AF_INET6 : Libc.AF_INET;
        int size = isVersion6 ? ADDRESS6_SIZE : ADDRESS_SIZE;
        NativeMemory memory = NativeMemory.ofThread();
        long text = memory.path(call, address.address());
        int at = memory.reserveZeroed(size);
        memory.bytes().putShort(at, (short) family);
        putPort(memory.bytes(), at + PORT, address.port());
        int in = at + (isVersion6 ? ADDRESS6_IN : ADDRESS_IN);
        if (LibcSockets.inet_pton(family, text, memory.address(in)) != 1) {
            throw new ErrnoException(call, Errno.EINVAL);
        }
        required(call, LibcSockets.bind(fd, memory.address(at), size));
    }

    private static void putPort(ByteBuffer bytes, int at, int port) {
        bytes.put(at, (byte) (port >> Byte.SIZE)).put(at + 1, (byte) port);
    }

    /// On a thread of its own, of which the working directory and the umask are. The file has its mode from the
    /// first moment on, and belongs to a directory that nobody can put another in the place of meanwhile.
    private static int openFile(SocketOrder order, SocketFile file) throws ErrnoException {
        int slash = file.path().lastIndexOf('/');
        String name = file.path().substring(slash + 1);
        int directory =
                LinuxFiles.openDirectory(LinuxFiles.AT_FDCWD, file.path().substring(0, Math.max(slash, 1)));
        try {
            required("unshare(CLONE_FS)", LibcProcesses.unshare(Libc.CLONE_FS));
            required("chdir to the directory of " + file.path(), LibcFiles.fchdir(directory));
            LibcFiles.umask(~file.mode() & PERMISSIONS);
            int fd = socket(Libc.AF_UNIX, order.type());
            boolean isDone = false;
            boolean isBound = false;
            try {
                bindInPlaceOfForsaken(order.type(), fd, file.path(), name);
                isBound = true;
                giveAway(directory, name, file);
                listen(fd, order);
                isDone = true;
                return fd;
            } finally {
                if (!isDone) {
                    LibcFiles.close(fd);
                }
                if (isBound && !isDone) {
                    LinuxWriting.remove(directory, name);
                }
            }
        } finally {
            LibcFiles.close(directory);
        }
    }

    /// Where a socket's file is that nobody has open any more, it is removed: who was killed leaves one behind.
    private static void bindInPlaceOfForsaken(SocketOrder.Type type, int fd, String path, String name)
            throws ErrnoException {
        String call = "bind " + path;
        long bound = toFile(call, name, (address, size) -> LibcSockets.bind(fd, address, size));
        if (bound == -Errno.EADDRINUSE) {
            LibcFiles.close(openSocketFile(call, LinuxFiles.AT_FDCWD, name));
            if (isForsaken(type, name)) {
                LinuxWriting.remove(LinuxFiles.AT_FDCWD, name);
                bound = toFile(call, name, (address, size) -> LibcSockets.bind(fd, address, size));
            }
        }
        required(call, bound);
    }

    /// ECONNREFUSED is said of a file that is no open socket's; any other answer comes from one, or is no answer.
    private static boolean isForsaken(SocketOrder.Type type, String name) throws ErrnoException {
        int probe = socket(Libc.AF_UNIX, type, Libc.SOCK_NONBLOCK);
        try {
            long answer =
                    toFile("connect to " + name, name, (address, size) -> LibcSockets.connect(probe, address, size));
            return answer == -Errno.ECONNREFUSED;
        } finally {
            LibcFiles.close(probe);
        }
    }

    private static void giveAway(int directory, String name, SocketFile file) throws ErrnoException {
        if (file.owner() == SocketFile.UNCHANGED && file.group() == SocketFile.UNCHANGED) {
            return;
        }
        String call = "chown " + file.path();
        int fd = openSocketFile(call, directory, name);
        try {
            long empty = NativeMemory.ofThread().path(call, "");
            required(call, LibcFiles.fchownat(fd, empty, file.owner(), file.group(), Libc.AT_EMPTY_PATH));
        } finally {
            LibcFiles.close(fd);
        }
    }

    /// The file itself: who may write to its directory may have put something else in its place.
    private static int openSocketFile(String call, int directory, String name) throws ErrnoException {
        int fd = LinuxFiles.open(directory, name, Libc.O_PATH | Libc.O_NOFOLLOW);
        if (LinuxFiles.statusOf(fd, name).kind() != FileStatus.Kind.SOCKET) {
            LibcFiles.close(fd);
            throw new ErrnoException(call, Errno.ENOTSOCK);
        }
        return fd;
    }

    private interface AddressCall {
        int with(long address, int size);
    }

    private static long toFile(String call, String name, AddressCall made) throws ErrnoException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > SocketFile.PATH_BYTES_MAX) {
            throw new ErrnoException(call, Errno.ENAMETOOLONG);
        }
        NativeMemory memory = NativeMemory.ofThread();
        int size = FILE_NAME + bytes.length + 1;
        int at = memory.reserveZeroed(size);
        memory.bytes().putShort(at, (short) Libc.AF_UNIX);
        memory.bytes().put(at + FILE_NAME, bytes);
        return made.with(memory.address(at), size);
    }

    private static int socket(int family, SocketOrder.Type type) throws ErrnoException {
        return socket(family, type, 0);
    }

    /// Blocking, unless `flags` say otherwise: who gets it decides.
    private static int socket(int family, SocketOrder.Type type, int flags) throws ErrnoException {
        int number = switch (type) {
            case STREAM -> Libc.SOCK_STREAM;
            case DATAGRAM -> Libc.SOCK_DGRAM;
            case SEQPACKET -> Libc.SOCK_SEQPACKET;
        };
        long fd = LibcSockets.socket(family, number | flags | Libc.SOCK_CLOEXEC, 0);
        required("socket", fd);
        return (int) fd;
    }

    private static void listen(int fd, SocketOrder order) throws ErrnoException {
        if (order.type() != SocketOrder.Type.DATAGRAM) {
            setBacklog(fd, order.backlog());
        }
    }
}
