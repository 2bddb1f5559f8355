package dev.reeve.daemon.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;

/// The lines that one client has not been sent yet, in order.
///
/// They wait here and not in Netty's own queue, which would copy each line for each client as soon as it is
/// written, and from which nothing can be taken back.
final class OutgoingLines {
    private final ArrayDeque<Line> lines = new ArrayDeque<>(2);
    private int sentOfFirst;
    private int bytes;

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// How many bytes wait.
    int bytes() {
        return bytes;
    }

    void add(Line line) {
        line.hold();
        lines.add(line);
        bytes += line.length();
    }

    /// Takes the next bytes out, at most so many, which go as one.
    ByteBuf take(ByteBufAllocator allocator, int bytesMax) {
        ByteBuf chunk = allocator.directBuffer(Math.min(bytes, bytesMax));
        while (chunk.writableBytes() > 0) {
            Line first = lines.element();
            int length = Math.min(first.length() - sentOfFirst, chunk.writableBytes());
            chunk.writeBytes(first.bytes(), sentOfFirst, length);
            sentOfFirst += length;
            bytes -= length;
            if (sentOfFirst == first.length()) {
                removeFirst();
            }
        }
        return chunk;
    }

    /// Forgets every line but the one that the client has a part of already, and answers how many bytes of that
    /// are left.
    int dropUnsent() {
        Line begun = sentOfFirst > 0 ? lines.poll() : null;
        lines.forEach(Line::release);
        lines.clear();
        bytes = 0;
        if (begun != null) {
            lines.add(begun);
            bytes = begun.length() - sentOfFirst;
        }
        return bytes;
    }

    void clear() {
        lines.forEach(Line::release);
        lines.clear();
        bytes = 0;
        sentOfFirst = 0;
    }

    private void removeFirst() {
        lines.remove().release();
        sentOfFirst = 0;
    }
}
