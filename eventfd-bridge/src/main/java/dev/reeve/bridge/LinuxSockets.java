package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.required;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The calls of [LinuxKernel] about sockets.
final class LinuxSockets {
    /// sockaddr_un: its family, then a path of at most 107 bytes and a NUL.
    private static final int ADDRESS_PATH = 2;

    private static final int ADDRESS_SIZE = 110;
    private static final int PATH_BYTES_MAX = 107;

    private static final int GROUP_STAYS = -1;

    /// msghdr, of a 64-bit machine.
    private static final int MESSAGE_SIZE = 56;

    private static final int MESSAGE_VECTOR = 16;
    private static final int MESSAGE_VECTORS = 24;
    private static final int MESSAGE_CONTROL = 32;
    private static final int MESSAGE_CONTROL_LENGTH = 40;
    private static final int MESSAGE_FLAGS = 48;
    private static final int VECTOR_SIZE = 16;
    private static final int VECTOR_LENGTH = 8;

    /// cmsghdr: a length, which includes these three, a level and a type; what follows begins where a `long` could.
    private static final int CONTROL_LEVEL = 8;

    private static final int CONTROL_TYPE = 12;
    private static final int CONTROL_DATA = 16;
    private static final int CREDENTIALS_SIZE = 12;
    private static final int DESCRIPTORS_MAX = 253;

    /// Room for the credentials and for as many descriptors as one datagram can bring.
    private static final int CONTROL_SIZE =
            2 * CONTROL_DATA + aligned(CREDENTIALS_SIZE) + aligned(DESCRIPTORS_MAX * Integer.BYTES);

    private static final Datagram.Sender NOBODY = new Datagram.Sender(0, -1, -1);

    private LinuxSockets() {}

    static int bindDatagram(String path, int mode, int owner) throws ErrnoException {
        String call = "bind " + path;
        byte[] text = path.getBytes(StandardCharsets.UTF_8);
        if (text.length > PATH_BYTES_MAX) {
            throw new ErrnoException(call, Errno.ENAMETOOLONG);
        }
        int type = Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        int fd = (int) required("socket", LibcSockets.socket(Libc.AF_UNIX, type, 0));
        try {
            learnSenders(fd);
            bind(fd, call, text);
            if (!isAbstract(text)) {
                giveOrRemove(path, mode, owner);
            }
            return fd;
        } catch (ErrnoException | RuntimeException | Error e) {
            LibcFiles.close(fd);
            throw e;
        }
    }

    private static void learnSenders(int fd) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int yes = memory.reserve(Integer.BYTES);
        memory.bytes().putInt(yes, 1);
        required(
                "setsockopt SO_PASSCRED",
                LibcSockets.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_PASSCRED, memory.address(yes), Integer.BYTES));
    }

    private static void bind(int fd, String call, byte[] path) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int address = memory.reserveZeroed(ADDRESS_SIZE);
        memory.bytes().putShort(address, (short) Libc.AF_UNIX);
        memory.bytes().put(address + ADDRESS_PATH, path);
        if (isAbstract(path)) {
            memory.bytes().put(address + ADDRESS_PATH, (byte) 0);
        }
        // Of an abstract name each byte counts, of a path those before its NUL.
        int length = ADDRESS_PATH + path.length + (isAbstract(path) ? 0 : 1);
        required(call, LibcSockets.bind(fd, memory.address(address), length));
    }

    private static boolean isAbstract(byte[] path) {
        return path.length > 0 && path[0] == '@';
    }

    private static void giveOrRemove(String path, int mode, int owner) throws ErrnoException {
        try {
            give(path, mode, owner);
        } catch (ErrnoException e) {
            LinuxWriting.remove(LinuxFiles.AT_FDCWD, path);
            throw e;
        }
    }

    /// bind(2) takes the process's umask into account, which cannot be set aside for one call.
    private static void give(String path, int mode, int owner) throws ErrnoException {
        long name = NativeMemory.ofThread().path("chown " + path, path);
        if (owner != LibcProcesses.geteuid()) {
            required(
                    "chown " + path,
                    LibcFiles.fchownat(LinuxFiles.AT_FDCWD, name, owner, GROUP_STAYS, Libc.AT_SYMLINK_NOFOLLOW));
        }
        required("chmod " + path, LibcFiles.fchmodat(LinuxFiles.AT_FDCWD, name, mode, 0));
    }

    static @Nullable Datagram receive(Kernel kernel, int fd, int bytesMax) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int payload = memory.reserve(bytesMax);
        int control = memory.reserve(CONTROL_SIZE);
        int vector = memory.reserve(VECTOR_SIZE);
        int message = memory.reserveZeroed(MESSAGE_SIZE);
        ByteBuffer bytes = memory.bytes();
        bytes.putLong(vector, memory.address(payload));
        bytes.putLong(vector + VECTOR_LENGTH, bytesMax);
        bytes.putLong(message + MESSAGE_VECTOR, memory.address(vector));
        bytes.putLong(message + MESSAGE_VECTORS, 1);
        bytes.putLong(message + MESSAGE_CONTROL, memory.address(control));
        bytes.putLong(message + MESSAGE_CONTROL_LENGTH, CONTROL_SIZE);
        long length = LibcSockets.recvmsg(fd, memory.address(message), Libc.MSG_CMSG_CLOEXEC);
        if (length == -Errno.EAGAIN) {
            return null;
        }
        required("receive from socket " + fd, length);
        int controlEnd = control + (int) bytes.getLong(message + MESSAGE_CONTROL_LENGTH);
        try {
            byte[] text = new byte[(int) length];
            bytes.get(payload, text);
            int flags = bytes.getInt(message + MESSAGE_FLAGS);
            return new Datagram(
                    kernel,
                    text,
                    (flags & Libc.MSG_TRUNC) != 0,
                    sender(bytes, control, controlEnd),
                    descriptors(bytes, control, controlEnd),
                    (flags & Libc.MSG_CTRUNC) != 0);
        } catch (RuntimeException | Error e) {
            // Want of memory must not leave descriptors open that nobody knows of.
            closeDescriptors(bytes, control, controlEnd);
            throw e;
        }
    }

    private static Datagram.Sender sender(ByteBuffer bytes, int control, int end) {
        for (int at = control; at + CONTROL_DATA <= end; at = next(bytes, at)) {
            if (is(Libc.SCM_CREDENTIALS, bytes, at)) {
                int data = at + CONTROL_DATA;
                return new Datagram.Sender(
                        bytes.getInt(data), bytes.getInt(data + Integer.BYTES), bytes.getInt(data + 2 * Integer.BYTES));
            }
        }
        return NOBODY;
    }

    private static List<Integer> descriptors(ByteBuffer bytes, int control, int end) {
        List<Integer> descriptors = new ArrayList<>(0);
        for (int at = control; at + CONTROL_DATA <= end; at = next(bytes, at)) {
            if (is(Libc.SCM_RIGHTS, bytes, at)) {
                for (int data = at + CONTROL_DATA; data < at + length(bytes, at); data += Integer.BYTES) {
                    descriptors.add(bytes.getInt(data));
                }
            }
        }
        return descriptors;
    }

    private static void closeDescriptors(ByteBuffer bytes, int control, int end) {
        for (int at = control; at + CONTROL_DATA <= end; at = next(bytes, at)) {
            if (is(Libc.SCM_RIGHTS, bytes, at)) {
                for (int data = at + CONTROL_DATA; data < at + length(bytes, at); data += Integer.BYTES) {
                    LibcFiles.close(bytes.getInt(data));
                }
            }
        }
    }

    private static boolean is(int type, ByteBuffer bytes, int at) {
        return bytes.getInt(at + CONTROL_LEVEL) == Libc.SOL_SOCKET && bytes.getInt(at + CONTROL_TYPE) == type;
    }

    private static int length(ByteBuffer bytes, int at) {
        return (int) bytes.getLong(at);
    }

    private static int next(ByteBuffer bytes, int at) {
        return at + Math.max(CONTROL_DATA, aligned(length(bytes, at)));
    }

    private static int aligned(int length) {
        return (length + Long.BYTES - 1) & -Long.BYTES;
    }
}
