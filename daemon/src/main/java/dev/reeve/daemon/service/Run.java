package dev.reeve.daemon.service;

import dev.reeve.daemon.service.SelfReport.Activity;
import java.time.Duration;
import java.util.Optional;

/// One life of a service's process. `leader` is the process that was executed as `run`, and leads the process group;
/// `pid` is the main process, which is the same one until it names another. It is `paused` if the last that the main
/// process was sent of SIGSTOP and SIGCONT was SIGSTOP; what others than reeve send it nobody knows here.
public record Run(
        Pid pid,
        Pid leader,
        RunSettings settings,
        Moment startedAt,
        Optional<Moment> readyAt,
        boolean paused,
        SelfReport report,
        Watchdog watchdog) {
    private static final Signal STOP = Signal.parse("STOP").orElseThrow();

    /// One that was told nothing, and has said nothing but perhaps that it is ready.
    public Run(Pid pid, RunSettings settings, Moment startedAt, Optional<Moment> readyAt) {
        this(
                pid,
                pid,
                settings,
                startedAt,
                readyAt,
                false,
                SelfReport.NONE,
                new Watchdog(settings.silenceMax(), readyAt.orElse(startedAt)));
    }

    Run ready(Moment now) {
        return new Run(pid, leader, settings, startedAt, Optional.of(now), paused, report, watchdog.heard(now));
    }

    /// The same life, of which this is the main process from now on: nobody has sent that one a SIGSTOP.
    Run goingOnAs(Pid main, Moment now) {
        return new Run(main, leader, settings, startedAt, readyAt, false, report, watchdogSince(now));
    }

    /// Whether both are about one life.
    public boolean isSameLife(Run other) {
        return leader.equals(other.leader);
    }

    /// The same process, told to end in this way. The signal for that comes with a SIGCONT.
    Run stoppedBy(StopSettings stop) {
        return new Run(pid, leader, settings.stoppedBy(stop), startedAt, readyAt, false, report, watchdog);
    }

    /// The same process, which was sent this signal.
    Run sent(Signal signal, Moment now) {
        boolean stands = signal.equals(STOP) || (paused && !signal.equals(Signal.CONT));
        Watchdog next = stands ? watchdog : watchdogSince(now);
        return new Run(pid, leader, settings, startedAt, readyAt, stands, report, next);
    }

    /// One that could not say anything has all its time again.
    private Watchdog watchdogSince(Moment now) {
        return paused && watchdog.silenceMax().isPresent() ? watchdog.heard(now) : watchdog;
    }

    /// When it has been silent for too long. While it is paused it can say nothing, and its silence means nothing.
    Moment silentAt() {
        return paused ? Moment.NEVER : watchdog.deadline();
    }

    Run reporting(SelfReport next) {
        return new Run(pid, leader, settings, startedAt, readyAt, paused, next, watchdog);
    }

    Run doing(Activity activity) {
        return reporting(report.doing(activity));
    }

    Run heard(Moment now) {
        return watchedBy(watchdog.heard(now));
    }

    Run mayBeSilentFor(Duration silenceMax, Moment now) {
        return watchedBy(new Watchdog(Optional.of(silenceMax).filter(it -> !it.isZero()), now));
    }

    private Run watchedBy(Watchdog next) {
        return new Run(pid, leader, settings, startedAt, readyAt, paused, report, next);
    }

    /// Whether it said that it ends by itself.
    boolean isEnding() {
        return report.activity() == Activity.ENDING;
    }

    /// When the service came up: its readiness if it announced one, else its start.
    Moment cameUpAt() {
        return readyAt.orElse(startedAt);
    }
}
