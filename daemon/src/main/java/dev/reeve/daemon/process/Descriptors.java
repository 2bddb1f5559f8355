package dev.reeve.daemon.process;

import dev.reeve.bridge.Kernel;
import java.util.ArrayList;
import java.util.List;

/// Descriptors that an errand opened: closed at its end, but for those it brings home.
final class Descriptors implements AutoCloseable {
    private final Kernel kernel;
    private final List<Integer> open = new ArrayList<>(2);

    Descriptors(Kernel kernel) {
        this.kernel = kernel;
    }

    int add(int fd) {
        open.add(fd);
        return fd;
    }

    /// Those that are open still.
    List<Integer> all() {
        return List.copyOf(open);
    }

    /// Somebody else's from now on.
    int release(int fd) {
        open.remove(Integer.valueOf(fd));
        return fd;
    }

    /// All of them are somebody else's from now on.
    void releaseAll() {
        open.clear();
    }

    @Override
    public void close() {
        open.forEach(kernel::close);
        open.clear();
    }
}
