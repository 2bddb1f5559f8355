package dev.reeve.cli;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where the last lines of a file begin, found from its end: what comes before them is not read.
///
/// `lines` is how many there are from `begin` on. What follows the last newline is a line too.
record LogTail(long begin, long lines) {
    private static final int BLOCK_BYTES = 64 * 1024;

    /// Of the file's first `size` bytes, the last lines, at most so many.
    static LogTail of(LogFile file, long size, long linesMax) throws IOException {
        if (size == 0 || linesMax == 0) {
            return new LogTail(size, 0);
        }
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        // The newline of the last line ends no line before it.
        long end = size - 1;
        long newlines = 0;
        while (end > 0) {
            long begin = Math.max(0, end - BLOCK_BYTES);
            read(file, begin, block.clear().limit((int) (end - begin)));
            for (int i = block.limit() - 1; i >= 0; i--) {
                if (block.get(i) == '\n' && ++newlines == linesMax) {
                    return new LogTail(begin + i + 1, linesMax);
                }
            }
            end = begin;
        }
        return new LogTail(0, newlines + 1);
    }

    /// Fills the block, but for a file that has become shorter.
    private static void read(LogFile file, long position, ByteBuffer block) throws IOException {
        long at = position;
        while (block.hasRemaining()) {
            int read = file.read(block, at);
            if (read < 0) {
                break;
            }
            at += read;
        }
        block.flip();
    }
}
