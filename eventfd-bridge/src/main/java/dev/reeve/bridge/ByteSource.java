package dev.reeve.bridge;

import java.nio.ByteBuffer;

/// What pipes and fifos have in common: bytes, of which so many are read at a time that one that never stops leaves the
/// others their turn.
abstract sealed class ByteSource extends KernelFd permits PipeEnd, Fifo {
    static final int BYTES_AT_ONCE = 512;

    private final int bytesAtOnce;

    ByteSource(Kernel kernel, int fd, int bytesAtOnce) {
        super(kernel, fd);
        this.bytesAtOnce = bytesAtOnce;
    }

    @Override
    public final void onReadable() {
        ByteBuffer buffer = ByteBuffer.allocate(bytesAtOnce);
        int length;
        try {
            length = kernel.read(fd(), buffer);
        } catch (ErrnoException failure) {
            close();
            failed(failure);
            return;
        }
        if (length == 0) {
            close();
            ended();
            return;
        }
        if (length != Kernel.WOULD_BLOCK) {
            byte[] bytes = new byte[length];
            buffer.flip().get(bytes);
            arrived(bytes);
        }
    }

    abstract void arrived(byte[] bytes);

    /// Nobody can write any more, and the descriptor is closed.
    abstract void ended();

    /// Cannot be read any more, and is closed.
    abstract void failed(ErrnoException cause);
}
