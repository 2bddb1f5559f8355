package dev.reeve.cli;

import dev.reeve.cli.outside.Deadline;
import java.time.Duration;

/// How long to wait.
final class Waiting {

    private final Value<Duration> timeout;

    Waiting(ReeveCommand command) {
        timeout = command.with(Value.ofOption(
                "--timeout",
                "DURATION",
                Duration.class,
                "wait no longer than this, and end with 99 if it was not enough: 10, 10s, 500ms, 2m",
                new DurationConverter()));
    }

    boolean isLimited() {
        return timeout.orNull() != null;
    }

    /// Counted from now.
    Deadline deadline() {
        Duration limit = timeout.orNull();
        return limit == null ? Deadline.NEVER : Deadline.after(limit);
    }

    /// " after 10s", or nothing.
    String words() {
        Duration limit = timeout.orNull();
        return limit == null ? "" : " after " + DurationConverter.words(limit);
    }
}
