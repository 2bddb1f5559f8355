package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Inotify;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// Begins to watch a directory: its path lies on a disk, which may be slow.
record WatchErrand(Inotify inotify, String path, IntConsumer homecoming, Consumer<Throwable> failure)
        implements Errand {
    @Override
    public Runnable run() {
        try {
            int watch = inotify.watchDirectory(path);
            return () -> homecoming.accept(watch);
        } catch (ErrnoException e) {
            return () -> failure.accept(e);
        }
    }

    @Override
    public void failed(Throwable cause) {
        failure.accept(cause);
    }
}
