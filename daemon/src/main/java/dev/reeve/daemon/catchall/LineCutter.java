package dev.reeve.daemon.catchall;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/// Makes lines of bytes as they come, as s6-log does: a NUL ends a line too, since nobody could read what is behind it,
/// and what is longer than [#BYTES_MAX] becomes several. Pure.
final class LineCutter {
    /// s6-log's usual limit.
    static final int BYTES_MAX = 8_192;

    private final Consumer<byte[]> lines;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /// Each line goes to `lines`, without its newline.
    LineCutter(Consumer<byte[]> lines) {
        this.lines = lines;
    }

    void take(byte[] bytes) {
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean endsHere = bytes[i] == '\n' || bytes[i] == 0;
            if (endsHere || begun.size() + i - from == BYTES_MAX) {
                begun.write(bytes, from, i - from);
                cut();
                from = endsHere ? i + 1 : i;
            }
        }
        begun.write(bytes, from, bytes.length - from);
    }

    /// What has no newline gets none any more.
    void end() {
        if (begun.size() > 0) {
            cut();
        }
    }

    private void cut() {
        lines.accept(begun.toByteArray());
        begun.reset();
    }
}
