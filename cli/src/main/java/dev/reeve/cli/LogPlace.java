package dev.reeve.cli;

import java.nio.file.Path;

/// Where a log lies: the file that is written now. `shared` tells that it holds the lines of all services that
/// have no logger, and the daemon's.
record LogPlace(Path file, TaiClock clock, boolean shared) {}
