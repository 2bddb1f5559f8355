package dev.reeve.daemon.s6;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is written for s6's clients when a service has changed: the deaths of `run` first, then the status, then the
/// events, a letter each, so that whoever hears of an event finds it in the status and in the tally of deaths.
record Announcement(List<Death> deaths, Optional<Status> status, String events) implements Delivery {
    static final String FAILURE = "s6's clients are not told what becomes of it: ";

    Announcement(Status status, String events) {
        this(List.of(), Optional.of(status), events);
    }

    /// Both in one: the newer status serves the older events too.
    Announcement followedBy(Announcement next) {
        List<Death> all = new ArrayList<>(deaths);
        all.addAll(next.deaths);
        return new Announcement(all, next.status.or(() -> status), events + next.events);
    }

    /// Whether there is nothing of which anybody is told.
    boolean isStatusAlone() {
        return deaths.isEmpty() && events.isEmpty();
    }

    Announcement withoutStatus() {
        return new Announcement(deaths, Optional.empty(), events);
    }

    @Override
    public String failure() {
        return FAILURE;
    }
}
