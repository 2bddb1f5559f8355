package dev.reeve.daemon.process;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// Which directory is scanned, and how. Of its entries at most `servicesMax`, loggers included, become services,
/// those with names of more than `nameMax` bytes never. It is scanned every so often, if at all; the first scan
/// removes symlinks to nothing, if that is wanted. The catch-all logger has `console`, if there is one, as its
/// standard error. `command`, if there is one, is a service besides, and has its name before others.
public record ScanSettings(
        String directory,
        int servicesMax,
        int nameMax,
        Optional<Duration> every,
        boolean removesDanglingSymlinks,
        OptionalInt console,
        Optional<CommandService> command) {

    /// s6-svscan's limit.
    public static final int USUAL_NAME_MAX = 251;

    /// Nothing but the directory is said.
    public static ScanSettings of(String directory) {
        return new ScanSettings(
                directory,
                Integer.MAX_VALUE,
                USUAL_NAME_MAX,
                Optional.empty(),
                false,
                OptionalInt.empty(),
                Optional.empty());
    }

    /// The same, with this service besides.
    public ScanSettings with(CommandService service) {
        return new ScanSettings(
                directory, servicesMax, nameMax, every, removesDanglingSymlinks, console, Optional.of(service));
    }
}
