package dev.reeve.cli.outside;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bytes from the daemon, cut into lines.
final class ReceivedLines {

    /// No list of services is longer; what is would fill the memory.
    private static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

    private byte[] bytes = new byte[16 * 1024];
    private int begin;
    private int searched;
    private ByteBuffer tail = ByteBuffer.wrap(bytes);

    /// Where to read more into: it has room.
    ByteBuffer free() throws ClientFailure {
        if (tail.hasRemaining()) {
            return tail;
        }
        int end = tail.position();
        int kept = end - begin;
        if (kept > MAX_LINE_BYTES) {
            throw new ClientFailure(ExitCode.UNREACHABLE, "what answers is no reeve daemon: its line has no end");
        }
        byte[] larger = Arrays.copyOfRange(bytes, begin, begin + Math.max(bytes.length, 2 * kept));
        searched -= begin;
        begin = 0;
        bytes = larger;
        tail = ByteBuffer.wrap(bytes).position(kept);
        return tail;
    }

    /// The next whole line without its newline, or null while there is none.
    byte @Nullable [] next() {
        int end = tail.position();
        for (int i = searched; i < end; i++) {
            if (bytes[i] == '\n') {
                byte[] line = Arrays.copyOfRange(bytes, begin, i);
                begin = i + 1;
                searched = begin;
                return line;
            }
        }
        searched = end;
        return null;
    }
}
