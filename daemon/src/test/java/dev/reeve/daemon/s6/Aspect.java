package dev.reeve.daemon.s6;

import dev.reeve.daemon.s6.Seen.Announced;
import dev.reeve.daemon.s6.Seen.DownFileMade;
import dev.reeve.daemon.s6.Seen.Finishes;
import dev.reeve.daemon.s6.Seen.OutputClosed;
import dev.reeve.daemon.s6.Seen.Signalled;
import dev.reeve.daemon.s6.Seen.Started;
import dev.reeve.daemon.s6.Seen.Tallied;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// In what two supervisors may be different.
enum Aspect {
    STARTS,
    SIGNALS,
    FINISH,
    TALLY,
    DOWN_FILE,
    OUTPUT,
    EVENTS,
    STATUS_AT_EVENTS,
    WANTED_UP,
    READY,
    PAUSED,
    PROCESS,
    WAIT_STATUS,
    CHANGED,
    READY_CHANGED;

    static final Set<Aspect> ALL = EnumSet.allOf(Aspect.class);

    /// What stays as it is once nothing happens.
    static final Set<Aspect> LASTING =
            EnumSet.of(TALLY, DOWN_FILE, EVENTS, WANTED_UP, READY, PAUSED, PROCESS, WAIT_STATUS);

    /// What there is to see of it in all that was seen of a supervisor since then, and in the status it has left.
    Object of(List<Seen> seen, Status status, Instant since) {
        return switch (this) {
            case STARTS -> those(seen, Started.class).count();
            case SIGNALS -> those(seen, Signalled.class).toList();
            case FINISH -> those(seen, Finishes.class).toList();
            case TALLY -> those(seen, Tallied.class).toList();
            case DOWN_FILE -> those(seen, DownFileMade.class).toList();
            case OUTPUT -> those(seen, OutputClosed.class).count();
            case EVENTS -> those(seen, Announced.class).map(Announced::event).toList();
            case STATUS_AT_EVENTS ->
                those(seen, Announced.class)
                        .map(announced -> announced.event() + ": " + flags(announced.status()))
                        .toList();
            case WANTED_UP -> status.wantedUp();
            case READY -> status.ready();
            case PAUSED -> status.paused();
            case PROCESS -> process(status);
            case WAIT_STATUS -> status.waitStatus();
            case CHANGED -> !status.changedAt().isBefore(since);
            case READY_CHANGED -> !status.readyChangedAt().isBefore(since);
        };
    }

    private static <S extends Seen> Stream<S> those(List<Seen> seen, Class<S> kind) {
        return seen.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static String flags(Status status) {
        return String.join(
                " ",
                process(status),
                status.wantedUp() ? "wanted up" : "wanted down",
                status.ready() ? "ready" : "not ready",
                status.paused() ? "paused" : "",
                status.finishing() ? "finishing" : "");
    }

    private static String process(Status status) {
        return switch (status.pid()) {
            case 0 -> "no process";
            case S6Supervise.FINISH_PID -> "finish";
            default -> "run";
        };
    }
}
