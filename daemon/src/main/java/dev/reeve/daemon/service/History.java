package dev.reeve.daemon.service;

import java.time.Duration;
import java.util.Optional;

/// What a service keeps from one process to the next.
///
/// `lastExit` is how `run` last ended; `restarts` how often it ended unasked, which starts it again; `delay` what
/// [RestartPolicy] has grown to; `startNotBefore` when it may be started again unasked.
public record History(Optional<ExitStatus> lastExit, long restarts, Duration delay, Moment startNotBefore) {
    public static final History NONE = new History(Optional.empty(), 0, Duration.ZERO, new Moment(Long.MIN_VALUE));

    /// A process ended that nobody had asked to.
    History endedUnasked(ExitStatus exit, Run run, Moment now) {
        return throttled(run.settings().restart(), run.cameUpAt(), now)
                .withExit(exit)
                .restarted();
    }

    /// A process ended that had been asked to: whoever wants it up again need not wait.
    History endedAsAsked(ExitStatus exit, Moment now) {
        return withExit(exit).startingAtOnce(now);
    }

    /// There was no process to end: spawning it failed. That counts as the shortest of lives.
    History notSpawned(Moment now) {
        return throttled(RestartPolicy.DEFAULT, now, now);
    }

    History startingAtOnce(Moment now) {
        return new History(lastExit, restarts, delay, now);
    }

    private History restarted() {
        return new History(lastExit, restarts + 1, delay, startNotBefore);
    }

    private History throttled(RestartPolicy policy, Moment cameUpAt, Moment now) {
        Duration current = policy.decayed(delay, now.since(cameUpAt));
        Moment next = cameUpAt.plus(current);
        Duration grown = now.isBefore(next) ? policy.doubled(current) : current;
        return new History(lastExit, restarts, grown, next);
    }

    private History withExit(ExitStatus exit) {
        return new History(Optional.of(exit), restarts, delay, startNotBefore);
    }
}
