package dev.reeve.daemon.control;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes of a client that are not a whole request yet, or whose turn has not come.
final class LineBuffer {
    private static final int FIRST_BYTES = 256;

    /// An empty buffer that has grown beyond this is given back.
    private static final int KEPT_BYTES = 4 * 1024;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int from;
    private int to;
    private int searched;

    int size() {
        return to - from;
    }

    /// What it takes in memory.
    int capacity() {
        return bytes.length;
    }

    void add(ByteBuf data) {
        int length = data.readableBytes();
        if (to + length > bytes.length) {
            makeRoom(length);
        }
        data.readBytes(bytes, to, length);
        to += length;
    }

    boolean hasLine() {
        for (searched = Math.max(from, searched); searched < to; searched++) {
            if (bytes[searched] == '\n') {
                return true;
            }
        }
        return false;
    }

    /// The next whole line, without its newline; null while there is none.
    byte @Nullable [] nextLine() {
        if (!hasLine()) {
            return null;
        }
        byte[] line = Arrays.copyOfRange(bytes, from, searched);
        from = searched + 1;
        if (from == to) {
            clear();
        }
        return line;
    }

    /// Forgets everything.
    void clear() {
        from = 0;
        to = 0;
        searched = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
    }

    private void makeRoom(int length) {
        int size = size();
        byte[] target = size + length > bytes.length ? new byte[Math.max(2 * bytes.length, size + length)] : bytes;
        System.arraycopy(bytes, from, target, 0, size);
        bytes = target;
        searched = Math.max(0, searched - from);
        from = 0;
        to = size;
    }
}
