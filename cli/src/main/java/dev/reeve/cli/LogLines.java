package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import java.util.Arrays;

/// Bytes of a log, cut into lines. A line without an end waits for it; one that is longer than any line should
/// be is cut, as loggers do.
final class LogLines {
    static final int LINE_BYTES_MAX = 1024 * 1024;

    /// Takes the lines, without their newlines.
    interface Sink {
        void line(byte[] bytes, int offset, int length) throws ClientFailure;
    }

    private final Sink sink;
    private byte[] begun = new byte[0];
    private int begunBytes;

    LogLines(Sink sink) {
        this.sink = sink;
    }

    void take(byte[] bytes, int offset, int length) throws ClientFailure {
        int begin = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                line(bytes, begin, i - begin);
                begin = i + 1;
            }
        }
        begin(bytes, begin, end - begin);
    }

    /// What has come since the last newline is a line: its file goes on no more.
    void end() throws ClientFailure {
        if (begunBytes > 0) {
            line(new byte[0], 0, 0);
        }
    }

    /// What has come since the last newline was no line.
    void forget() {
        begunBytes = 0;
    }

    private void line(byte[] bytes, int offset, int length) throws ClientFailure {
        if (begunBytes == 0) {
            sink.line(bytes, offset, length);
            return;
        }
        begin(bytes, offset, length);
        sink.line(begun, 0, begunBytes);
        begunBytes = 0;
    }

    private void begin(byte[] bytes, int offset, int length) throws ClientFailure {
        if (length == 0) {
            return;
        }
        if (begunBytes > 0 && begunBytes + length > LINE_BYTES_MAX) {
            sink.line(begun, 0, begunBytes);
            begunBytes = 0;
        }
        if (begun.length < begunBytes + length) {
            begun = Arrays.copyOf(begun, Math.max(2 * begun.length, begunBytes + length));
        }
        System.arraycopy(bytes, offset, begun, begunBytes, length);
        begunBytes += length;
    }
}
