package dev.reeve.bridge;

import org.jspecify.annotations.Nullable;

/// Our end of a datagram socket by which others announce something, see [Kernel#bindDatagramSocket].
public final class DatagramFd extends KernelFd {
    private static final int DATAGRAMS_AT_ONCE = 16;
    private static final int QUEUE_MAX = 1_024;

    private final Receiver receiver;
    private final Listener listener;

    /// How the next datagram is received: [Kernel#receive], and what the caller has to do around it.
    @FunctionalInterface
    public interface Receiver {
        @Nullable
        Datagram next(int fd) throws ErrnoException;
    }

    /// What the reader of a socket is told, on the loop's thread.
    public interface Listener {
        /// A datagram arrived. What the listener does not take of it is closed when this returns.
        void onDatagram(Datagram datagram);

        /// Cannot be read any more, and is closed.
        void onFailed(ErrnoException cause);
    }

    /// Takes over a descriptor that [Kernel#bindDatagramSocket] answered.
    public DatagramFd(Kernel kernel, int fd, Receiver receiver, Listener listener) {
        super(kernel, fd);
        this.receiver = receiver;
        this.listener = listener;
    }

    @Override
    public void onReadable() {
        receive(DATAGRAMS_AT_ONCE);
    }

    /// Reads what has arrived already, for nothing of it is to be lost, though no more than any queue holds.
    public void readLast() {
        receive(QUEUE_MAX);
    }

    private void receive(int most) {
        for (int i = 0; i < most && !isClosed(); i++) {
            if (!receiveOne()) {
                return;
            }
        }
    }

    /// Whether there was one.
    private boolean receiveOne() {
        try (Datagram datagram = receiver.next(fd())) {
            if (datagram == null) {
                return false;
            }
            listener.onDatagram(datagram);
            return true;
        } catch (ErrnoException failure) {
            close();
            listener.onFailed(failure);
            return false;
        }
    }
}
