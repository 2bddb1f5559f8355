package dev.reeve.bridge;

/// Our end of a pipe by which a child announces something, its readiness for one; or of a fifo that others write
/// to, and some day no more.
public final class PipeEnd extends ByteSource {
    private final Listener listener;

    /// What the reader of a pipe is told, on the loop's thread.
    public interface Listener {
        /// These bytes arrived.
        void onBytes(byte[] bytes);

        /// Nobody can write any more; the pipe is closed.
        void onEnd();

        /// Cannot be read any more, and is closed.
        void onFailed(ErrnoException cause);
    }

    /// Takes over the read end of a pipe from [Kernel#pipe].
    public PipeEnd(Kernel kernel, int readEnd, Listener listener) {
        this(kernel, readEnd, BYTES_AT_ONCE, listener);
    }

    /// The same, of which so many bytes are read at a time.
    public PipeEnd(Kernel kernel, int readEnd, int bytesAtOnce, Listener listener) {
        super(kernel, readEnd, bytesAtOnce);
        this.listener = listener;
    }

    @Override
    void arrived(byte[] bytes) {
        listener.onBytes(bytes);
    }

    @Override
    void ended() {
        listener.onEnd();
    }

    @Override
    void failed(ErrnoException cause) {
        listener.onFailed(cause);
    }
}
