package dev.reeve.bridge;

import dev.reeve.bridge.Kernel.DirectoryChange;
import java.util.List;

/// What happens to the entries of directories: an inotify(7) instance.
public final class Inotify extends KernelFd {
    private final Listener listener;

    /// What the watcher of directories is told, on the loop's thread.
    public interface Listener {
        /// A directory changed, or, if changes were lost, any of them may have.
        void onChange(DirectoryChange change);

        /// Cannot be read any more, and is closed.
        void onFailed(ErrnoException cause);
    }

    public Inotify(Kernel kernel, Listener listener) throws ErrnoException {
        super(kernel, kernel.inotify());
        this.listener = listener;
    }

    /// Watches a directory, too, and answers the number by which its changes name it. May block on a slow disk.
    public int watchDirectory(String path) throws ErrnoException {
        if (isClosed()) {
            throw new IllegalStateException("watches nothing any more");
        }
        return kernel.watchDirectory(fd(), path);
    }

    /// Watches a directory no more, by the number that [#watchDirectory] answered.
    public void unwatchDirectory(int watch) throws ErrnoException {
        if (!isClosed()) {
            kernel.unwatchDirectory(fd(), watch);
        }
    }

    @Override
    public void onReadable() {
        List<DirectoryChange> changes;
        try {
            changes = kernel.readInotify(fd());
        } catch (ErrnoException failure) {
            close();
            listener.onFailed(failure);
            return;
        }
        for (DirectoryChange change : changes) {
            if (isClosed()) {
                return;
            }
            listener.onChange(change);
        }
    }
}
