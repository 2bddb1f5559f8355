package dev.reeve.bridge;

import dev.reeve.bridge.Kernel.ArrivedSignal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Signals to this process, as events: a signalfd(2). It sees only what every thread blocks, see
/// [Kernel#blockedSignals].
public final class SignalFd extends KernelFd {
    private static final int SIGNALS_AT_ONCE = 32;

    private final Listener listener;

    /// What the receiver of signals is told, on the loop's thread.
    public interface Listener {
        /// A signal arrived. The kernel folds several of one number into one, SIGCHLD too.
        void onSignal(ArrivedSignal signal);

        /// Cannot be read any more, and is closed.
        void onFailed(ErrnoException cause);
    }

    public SignalFd(Kernel kernel, Set<Integer> signals, Listener listener) throws ErrnoException {
        super(kernel, kernel.signalfd(signals));
        this.listener = listener;
    }

    @Override
    public void onReadable() {
        for (int i = 0; i < SIGNALS_AT_ONCE && !isClosed(); i++) {
            @Nullable ArrivedSignal signal;
            try {
                signal = kernel.readSignalfd(fd());
            } catch (ErrnoException failure) {
                close();
                listener.onFailed(failure);
                return;
            }
            if (signal == null) {
                return;
            }
            listener.onSignal(signal);
        }
    }
}
