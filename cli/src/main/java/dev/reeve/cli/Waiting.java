package dev.reeve.cli;

import dev.reeve.cli.outside.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How long to wait.
final class Waiting {

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "wait no longer than this, and end with 99 if it was not enough: 10, 10s, 500ms, 2m")
    private @Nullable Duration timeout;

    boolean isLimited() {
        return timeout != null;
    }

    /// Counted from now.
    Deadline deadline() {
        return timeout == null ? Deadline.NEVER : Deadline.after(timeout);
    }

    /// " after 10s", or nothing.
    String words() {
        return timeout == null ? "" : " after " + DurationConverter.words(timeout);
    }
}
