package dev.reeve.daemon.s6;

import java.util.Optional;

/// What is written for s6's clients when a service has changed: the death of `run` first, then the status, then the
/// events, a letter each, so that whoever hears of an event finds it in the status and in the tally of deaths.
record Announcement(Optional<Death> death, Optional<Status> status, String events) implements Delivery {
    static final String FAILURE = "s6's clients are not told what becomes of it: ";

    Announcement(Status status, String events) {
        this(Optional.empty(), Optional.of(status), events);
    }

    @Override
    public String failure() {
        return FAILURE;
    }
}
