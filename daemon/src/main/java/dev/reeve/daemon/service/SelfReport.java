package dev.reeve.daemon.service;

import java.util.Optional;

/// What a process says of itself by sd_notify(3), for people to read: its status, in its own words, and what it is
/// doing.
public record SelfReport(Optional<String> status, Activity activity) {
    public static final SelfReport NONE = new SelfReport(Optional.empty(), Activity.SERVING);

    /// What a process that runs is doing.
    public enum Activity {
        /// What it is for.
        SERVING,
        /// It reads its configuration again.
        RELOADING,
        /// It ends by itself.
        ENDING
    }

    SelfReport saying(String text) {
        return new SelfReport(text.isEmpty() ? Optional.empty() : Optional.of(text), activity);
    }

    /// Who has begun to end does nothing else any more.
    SelfReport doing(Activity next) {
        return activity == Activity.ENDING ? this : new SelfReport(status, next);
    }
}
