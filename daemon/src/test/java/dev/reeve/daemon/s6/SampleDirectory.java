package dev.reeve.daemon.s6;

import dev.reeve.daemon.service.RestartLimit;
import dev.reeve.daemon.service.RestartPolicy;
import dev.reeve.daemon.service.RestartRule;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.StopSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What the files of a service directory say, in seconds, while two supervisors are compared on it: `notification-fd`,
/// `finish`, `timeout-kill`, `flag-timeout-killpg`, `timeout-finish`, and reeve's own `restart` and `restart-limit`.
record SampleDirectory(
        boolean announcesReadiness,
        boolean hasFinish,
        OptionalInt timeoutKill,
        boolean killsGroup,
        OptionalInt timeoutFinish,
        RestartRule restart,
        Optional<RestartLimit> restartLimit) {
    static final Signal DOWN_SIGNAL = Signal.TERM;
    static final Signal RELOAD_SIGNAL = Signal.HUP;

    /// One for everything that files can say.
    static List<SampleDirectory> all() {
        return List.of(
                of(false, false),
                of(false, true),
                of(true, false),
                of(true, true),
                of(false, true).killingGroups(),
                of(false, false).restarting(RestartRule.NEVER, Optional.empty()),
                of(false, true).restarting(RestartRule.ON_FAILURE, Optional.empty()),
                of(true, true).restarting(RestartRule.ALWAYS, Optional.of(new RestartLimit(1, Duration.ofSeconds(2)))));
    }

    /// No file but `run`, or, `complete`, every one that s6 knows.
    static SampleDirectory of(boolean announcesReadiness, boolean complete) {
        OptionalInt timeout = complete ? OptionalInt.of(2) : OptionalInt.empty();
        return new SampleDirectory(
                announcesReadiness, complete, timeout, false, timeout, RestartRule.ALWAYS, Optional.empty());
    }

    SampleDirectory killingGroups() {
        return new SampleDirectory(
                announcesReadiness, hasFinish, timeoutKill, true, timeoutFinish, restart, restartLimit);
    }

    SampleDirectory restarting(RestartRule rule, Optional<RestartLimit> limit) {
        return new SampleDirectory(announcesReadiness, hasFinish, timeoutKill, killsGroup, timeoutFinish, rule, limit);
    }

    /// Whether s6 would know every file.
    boolean isOfS6() {
        return restart == RestartRule.ALWAYS && restartLimit.isEmpty();
    }

    RunSettings runSettings() {
        RestartPolicy policy = new RestartPolicy(restart, Duration.ofSeconds(1), Duration.ofSeconds(1), restartLimit);
        return new RunSettings(announcesReadiness, policy, stopSettings());
    }

    StopSettings stopSettings() {
        return new StopSettings(DOWN_SIGNAL, seconds(timeoutKill), killsGroup);
    }

    Optional<Duration> finishTimeout() {
        return seconds(timeoutFinish);
    }

    private static Optional<Duration> seconds(OptionalInt number) {
        return number.isPresent() ? Optional.of(Duration.ofSeconds(number.getAsInt())) : Optional.empty();
    }
}
