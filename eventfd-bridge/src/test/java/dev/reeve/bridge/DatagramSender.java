package dev.reeve.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import jnr.ffi.LibraryLoader;

/// Sends datagrams to a unix socket, with descriptors, as a service does.
final class DatagramSender implements AutoCloseable {
    private static final Functions C = LibraryLoader.create(Functions.class).load("libc.so.6");

    private final int fd;
    private final String path;

    /// The functions of glibc that only a sender needs.
    public interface Functions {
        int socket(int domain, int type, int protocol);

        int connect(int fd, long address, int length);

        long sendmsg(int fd, long message, int flags);

        int close(int fd);
    }

    DatagramSender(String path) {
        this.path = path;
        fd = C.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC | Libc.SOCK_NONBLOCK, 0);
        NativeMemory memory = NativeMemory.ofThread();
        byte[] text = path.getBytes(UTF_8);
        int address = memory.reserveZeroed(110);
        memory.bytes().putShort(address, (short) Libc.AF_UNIX);
        memory.bytes().put(address + 2, text);
        boolean isAbstract = path.startsWith("@");
        if (isAbstract) {
            memory.bytes().put(address + 2, (byte) 0);
        }
        require(C.connect(fd, memory.address(address), 2 + text.length + (isAbstract ? 0 : 1)));
    }

    void send(String text, int... descriptors) {
        NativeMemory memory = NativeMemory.ofThread();
        byte[] payload = text.getBytes(UTF_8);
        int data = memory.reserve(payload.length);
        int control = memory.reserveZeroed(16 + 4 * descriptors.length + 8);
        int vector = memory.reserve(16);
        int message = memory.reserveZeroed(56);
        ByteBuffer bytes = memory.bytes();
        bytes.put(data, payload);
        bytes.putLong(vector, memory.address(data)).putLong(vector + 8, payload.length);
        bytes.putLong(message + 16, memory.address(vector)).putLong(message + 24, 1);
        if (descriptors.length > 0) {
            int length = 16 + 4 * descriptors.length;
            bytes.putLong(control, length).putInt(control + 8, Libc.SOL_SOCKET).putInt(control + 12, Libc.SCM_RIGHTS);
            for (int i = 0; i < descriptors.length; i++) {
                bytes.putInt(control + 16 + 4 * i, descriptors[i]);
            }
            bytes.putLong(message + 32, memory.address(control)).putLong(message + 40, (length + 7) & -8);
        }
        require(C.sendmsg(fd, memory.address(message), 0));
    }

    private void require(long result) {
        if (result < 0) {
            throw new AssertionError("sending to " + path);
        }
    }

    @Override
    public void close() {
        C.close(fd);
    }
}
