package dev.reeve.bridge;

/// A fifo in the file system by which others give orders, byte by byte. It never ends: reeve holds it open for writing
/// too.
public final class Fifo extends ByteSource {
    private final Listener listener;

    /// What the reader of a fifo is told, on the loop's thread.
    public interface Listener {
        /// These bytes arrived.
        void onBytes(byte[] bytes);

        /// Cannot be read any more, and is closed.
        void onFailed(ErrnoException cause);
    }

    /// Takes over a descriptor that [Kernel#openFifoAt] answered.
    public Fifo(Kernel kernel, int fd, Listener listener) {
        super(kernel, fd, BYTES_AT_ONCE);
        this.listener = listener;
    }

    @Override
    void arrived(byte[] bytes) {
        listener.onBytes(bytes);
    }

    /// Only a descriptor that was not opened for writing too can get here.
    @Override
    void ended() {
        listener.onFailed(new ErrnoException("read fifo", Errno.EPIPE));
    }

    @Override
    void failed(ErrnoException cause) {
        listener.onFailed(cause);
    }
}
