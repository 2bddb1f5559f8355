package dev.reeve.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reeve.bridge.Kernel.ArrivedSignal;
import dev.reeve.bridge.Kernel.ChildEnd;
import dev.reeve.bridge.Kernel.DirectoryChange;
import java.util.ArrayList;
import java.util.List;

/// Writes down what handles tell it, one line each.
final class Told
        implements EventFd.Listener,
                PidFd.Listener,
                SignalFd.Listener,
                PipeEnd.Listener,
                Fifo.Listener,
                Inotify.Listener {
    final List<String> lines = new ArrayList<>();
    final List<ErrnoException> failures = new ArrayList<>();

    @Override
    public void onSignalled() {
        lines.add("signalled");
    }

    @Override
    public void onEnded(ChildEnd end) {
        lines.add((end.signalled() ? "ended by signal " : "ended with ") + end.code());
    }

    @Override
    public void onSignal(ArrivedSignal signal) {
        lines.add("signal " + signal.signal() + " from " + signal.pid());
    }

    @Override
    public void onBytes(byte[] bytes) {
        lines.add(new String(bytes, UTF_8));
    }

    @Override
    public void onEnd() {
        lines.add("end");
    }

    @Override
    public void onChange(DirectoryChange change) {
        lines.add(change.watch() + " " + change.what() + " " + change.name());
    }

    @Override
    public void onFailed(ErrnoException cause) {
        failures.add(cause);
    }

    /// The errno of the one failure that was told.
    int errno() {
        if (failures.size() != 1) {
            throw new AssertionError("not one failure: " + failures);
        }
        return failures.getFirst().errno();
    }
}
