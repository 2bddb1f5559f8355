package dev.reeve.daemon.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a service keeps from one process to the next.
///
/// `lastExit` is how `run` last ended; `restarts` how often it ended unasked and was started again for that; `delay`
/// what [RestartPolicy] has grown to; `startNotBefore` when it may be started again unasked; `recentEnds` the unasked
/// ends that its [RestartLimit] counts, never more than it allows; `failure` why it is given up once it has settled, if
/// it is; `cause` why `run` was aborted, if that is how it last ended. Someone's asking for it makes an end of the last
/// three.
public record History(
        Optional<ExitStatus> lastExit,
        long restarts,
        Duration delay,
        Moment startNotBefore,
        List<Moment> recentEnds,
        Optional<String> failure,
        Optional<String> cause) {
    public static final History NONE = new History(Optional.empty(), 0, Duration.ZERO, new Moment(Long.MIN_VALUE));

    private static final String HOW_TO_GO_ON = "; \"reeve start\" starts it again";

    /// Of a service that was not aborted.
    public History(
            Optional<ExitStatus> lastExit,
            long restarts,
            Duration delay,
            Moment startNotBefore,
            List<Moment> recentEnds,
            Optional<String> failure) {
        this(lastExit, restarts, delay, startNotBefore, recentEnds, failure, Optional.empty());
    }

    /// Of a service whose ends are not counted.
    History(Optional<ExitStatus> lastExit, long restarts, Duration delay, Moment startNotBefore) {
        this(lastExit, restarts, delay, startNotBefore, List.of(), Optional.empty());
    }

    /// A process ended that nobody had asked to, and its service's files say what follows.
    History endedUnasked(ExitStatus exit, Run run, Moment now) {
        return endedUnasked(exit, exit, run, now);
    }

    /// The same, where it counts as another end than it was.
    History endedUnasked(ExitStatus exit, ExitStatus counted, Run run, Moment now) {
        RestartPolicy policy = run.settings().restart();
        if (!run.settings().isRestartedAfter(counted)) {
            return run.settings().isCleanEnd(counted)
                    ? withExit(exit)
                    : withExit(exit)
                            .failed("it ended (" + exit + "), and its file restart says " + policy.rule()
                                    + HOW_TO_GO_ON);
        }
        Optional<RestartLimit> limit = policy.limit();
        List<Moment> ends = limit.isPresent() ? limit.get().recent(recentEnds, now) : List.of();
        if (limit.isPresent() && limit.get().isExceededBy(ends)) {
            return withExit(exit)
                    .failed("it ended " + ends.size() + " times in "
                            + limit.get().period().toSeconds()
                            + " seconds, more often than its restart-limit allows (the last time: " + exit + ")"
                            + HOW_TO_GO_ON);
        }
        return throttled(policy, run.cameUpAt(), now).withExit(exit).restarted(ends);
    }

    /// A process ended that was not to be started again: what its files say of that does not matter.
    History endedOnce(ExitStatus exit) {
        return withExit(exit);
    }

    /// A process ended that had been asked to: whoever wants it up again need not wait.
    History endedAsAsked(ExitStatus exit, Moment now) {
        return withExit(exit).startingAtOnce(now);
    }

    /// There was no process to end: spawning it failed. That counts as the shortest of lives.
    History notSpawned(Moment now) {
        return throttled(RestartPolicy.DEFAULT, now, now);
    }

    /// Someone asked for it.
    History startingAtOnce(Moment now) {
        return new History(lastExit, restarts, delay, now);
    }

    /// Someone asked for its end, or its failure has been told.
    History withoutFailure() {
        return new History(lastExit, restarts, delay, startNotBefore, recentEnds, Optional.empty(), cause);
    }

    /// Why the process was aborted that has just ended, if it was.
    History causedBy(Optional<String> reason) {
        return new History(lastExit, restarts, delay, startNotBefore, recentEnds, failure, reason);
    }

    private History failed(String reason) {
        return new History(lastExit, restarts, delay, startNotBefore, recentEnds, Optional.of(reason), cause);
    }

    private History restarted(List<Moment> ends) {
        return new History(lastExit, restarts + 1, delay, startNotBefore, ends, Optional.empty(), cause);
    }

    private History throttled(RestartPolicy policy, Moment cameUpAt, Moment now) {
        Duration current = policy.decayed(delay, now.since(cameUpAt));
        Moment next = cameUpAt.plus(current);
        Duration grown = now.isBefore(next) ? policy.doubled(current) : current;
        return new History(lastExit, restarts, grown, next, recentEnds, failure, cause);
    }

    private History withExit(ExitStatus exit) {
        return new History(Optional.of(exit), restarts, delay, startNotBefore, recentEnds, failure);
    }
}
