package dev.reeve.cli;

import java.nio.file.Path;

/// Where a log lies: the file that is written now. `shared` tells that it holds the lines of all services that
/// have no logger, and the daemon's.
record LogPlace(Path file, TaiClock clock, boolean shared) {

    /// Whether the file has no path any more, and can only be read through a descriptor in /proc, where inotify(7)
    /// tells of nothing.
    boolean isDeleted() {
        return file.getParent() != null && file.getParent().endsWith("fd") && file.startsWith("/proc");
    }
}
