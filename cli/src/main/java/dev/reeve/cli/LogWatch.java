package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ExitCode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Waits until something happens in the folders of logs: inotify(7), by its Java name.
final class LogWatch implements AutoCloseable {
    private final WatchService folders;
    private final Map<WatchKey, List<LogReader>> readers = new HashMap<>();

    private final List<LogReader> orphans = new ArrayList<>();

    LogWatch() throws IOException {
        folders = FileSystems.getDefault().newWatchService();
    }

    /// From now on, what happens beside this log is noticed; `reader` reads it.
    void add(LogReader reader) throws IOException {
        WatchKey key = reader.log()
                .folder()
                .register(
                        folders,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
        readers.computeIfAbsent(key, _ -> new ArrayList<>()).add(reader);
    }

    boolean isEmpty() {
        return readers.isEmpty();
    }

    /// Waits until something has happened; returns those beside whose logs it has.
    Set<LogReader> await() throws ClientFailure {
        try {
            return drain(folders.take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientFailure(ExitCode.FAILED, "interrupted");
        }
    }

    /// As [#await], without waiting.
    Set<LogReader> poll() {
        return drain(folders.poll());
    }

    /// Those whose folder is gone; each once.
    List<LogReader> takeOrphans() {
        List<LogReader> taken = List.copyOf(orphans);
        orphans.clear();
        return taken;
    }

    private Set<LogReader> drain(@Nullable WatchKey first) {
        Set<LogReader> due = new LinkedHashSet<>();
        for (WatchKey key = first; key != null; key = folders.poll()) {
            // Which file it was is of no interest, and an overflow is no loss: every file is looked at.
            key.pollEvents();
            List<LogReader> beside = readers.getOrDefault(key, List.of());
            due.addAll(beside);
            if (!key.reset()) {
                orphans.addAll(beside);
                readers.remove(key);
            }
        }
        return due;
    }

    @Override
    public void close() throws IOException {
        folders.close();
    }
}
