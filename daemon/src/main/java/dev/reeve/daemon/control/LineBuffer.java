package dev.reeve.daemon.control;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes of a client that are not a whole request yet, or whose turn has not come.
final class LineBuffer {
    private static final int FIRST_BYTES = 256;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int from;
    private int to;
    private int searched;

    int size() {
        return to - from;
    }

    /// How many bytes of memory it takes.
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

    /// The next whole line, without its newline; null while there is none.
    byte @Nullable [] nextLine() {
        for (int i = Math.max(from, searched); i < to; i++) {
            if (bytes[i] == '\n') {
                byte[] line = Arrays.copyOfRange(bytes, from, i);
                from = i + 1;
                searched = from;
                return line;
            }
        }
        searched = to;
        return null;
    }

    private void makeRoom(int length) {
        int size = size();
        byte[] target = size + length > bytes.length ? new byte[Math.max(2 * bytes.length, size + length)] : bytes;
        System.arraycopy(bytes, from, target, 0, size);
        bytes = target;
        searched -= from;
        from = 0;
        to = size;
    }
}
