package dev.reeve.bridge;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A piece of memory outside the heap that one thread's system calls take their arguments from and leave their
/// results in.
///
/// Each call begins anew ([#ofThread]) and reserves what it needs; what it reserved is its own until the same
/// thread's next call. An offset counts from the beginning of the piece and serves to read and write ([#bytes]), an
/// address is what C gets.
final class NativeMemory {
    /// The most that one read(2) or write(2) moves.
    static final int TRANSFER_MAX = 64 * 1024;

    /// PATH_MAX, the terminating NUL included: what the kernel refuses need not be copied for it.
    static final int PATH_MAX = 4096;

    private static final int SIZE_AT_FIRST = TRANSFER_MAX + 4 * PATH_MAX;
    private static final int ALIGNMENT = 16;

    private static final ThreadLocal<NativeMemory> OF_THREAD = ThreadLocal.withInitial(NativeMemory::new);

    private ByteBuffer bytes;
    private long start;
    private int used;

    private NativeMemory() {
        this(SIZE_AT_FIRST);
    }

    /// A piece of its own, which keeps what is written to it.
    NativeMemory(int size) {
        bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        start = startOf(bytes);
    }

    /// This thread's piece, with nothing reserved.
    static NativeMemory ofThread() {
        NativeMemory memory = OF_THREAD.get();
        memory.used = 0;
        return memory;
    }

    /// Makes the piece larger, if it must be, for a call that will reserve so much. Offsets and addresses from
    /// before mean nothing then.
    void ensureSize(long size) {
        if (size > Integer.MAX_VALUE) {
            throw new OutOfMemoryError("a system call's arguments would take " + size + " bytes");
        }
        if (size > bytes.capacity()) {
            bytes = ByteBuffer.allocateDirect((int) size).order(ByteOrder.nativeOrder());
            start = startOf(bytes);
        }
    }

    /// The offset of so many bytes, aligned for everything that C puts there. They are not zeroed.
    int reserve(int size) {
        int offset = used;
        if (size > bytes.capacity() - offset) {
            throw new IllegalStateException(
                    "no room for " + size + " bytes beside " + offset + " of " + bytes.capacity());
        }
        used = Math.min(bytes.capacity(), aligned(offset + size));
        return offset;
    }

    /// So many bytes, all 0.
    int reserveZeroed(int size) {
        int offset = reserve(size);
        bytes.put(offset, new byte[size]);
        return offset;
    }

    /// The address of a path in UTF-8, with its terminating NUL. A path that the kernel cannot be told of at all is
    /// refused in its words: ENAMETOOLONG, or EINVAL for one with a NUL within. `call` names the call that the path
    /// is for.
    long path(String call, String path) throws ErrnoException {
        byte[] text = path.getBytes(StandardCharsets.UTF_8);
        if (text.length >= PATH_MAX) {
            throw new ErrnoException(call, Errno.ENAMETOOLONG);
        }
        refuseNul(call, text);
        return address(putText(text));
    }

    /// The same for a call that is named `verb` and the path: words that are made where they are needed, since each
    /// start of a service comes by here some ten times.
    long pathTo(String verb, String path) throws ErrnoException {
        try {
            return path(verb, path);
        } catch (ErrnoException refusal) {
            throw new ErrnoException(verb + " " + path, refusal.errno());
        }
    }

    /// The address of a NULL-terminated array of these texts, as argv and envp are. EINVAL for a text with a NUL
    /// within.
    long texts(String call, List<byte[]> texts) throws ErrnoException {
        int array = reserve((texts.size() + 1) * Long.BYTES);
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = texts.get(i);
            refuseNul(call, text);
            bytes.putLong(array + i * Long.BYTES, address(putText(text)));
        }
        bytes.putLong(array + texts.size() * Long.BYTES, 0);
        return address(array);
    }

    /// What [#texts] reserves at most.
    static long sizeOf(List<byte[]> texts) {
        long size = (texts.size() + 2L) * Long.BYTES;
        for (byte[] text : texts) {
            size += text.length + 1 + ALIGNMENT;
        }
        return size;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    long address(int offset) {
        return start + offset;
    }

    private int putText(byte[] text) {
        int offset = reserve(text.length + 1);
        bytes.put(offset, text);
        bytes.put(offset + text.length, (byte) 0);
        return offset;
    }

    private static void refuseNul(String call, byte[] text) throws ErrnoException {
        for (byte character : text) {
            if (character == 0) {
                throw new ErrnoException(call, Errno.EINVAL);
            }
        }
    }

    private static int aligned(int offset) {
        return (offset + ALIGNMENT - 1) & -ALIGNMENT;
    }

    private static long startOf(ByteBuffer bytes) {
        return MemorySegment.ofBuffer(bytes).address();
    }
}
