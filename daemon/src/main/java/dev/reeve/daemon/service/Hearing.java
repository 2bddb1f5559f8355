package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.Transition.stay;
import static dev.reeve.daemon.service.Transition.to;

import dev.reeve.daemon.service.SelfReport.Activity;
import dev.reeve.daemon.service.ServiceEffect.Terminate;
import dev.reeve.daemon.service.ServiceEvent.FailureTold;
import dev.reeve.daemon.service.ServiceEvent.HeartBeat;
import dev.reeve.daemon.service.ServiceEvent.MainProcessTold;
import dev.reeve.daemon.service.ServiceEvent.MoreTimeAsked;
import dev.reeve.daemon.service.ServiceEvent.Notified;
import dev.reeve.daemon.service.ServiceEvent.ReloadBegan;
import dev.reeve.daemon.service.ServiceEvent.StatusTold;
import dev.reeve.daemon.service.ServiceEvent.StopBegan;
import dev.reeve.daemon.service.ServiceEvent.WatchdogSet;
import dev.reeve.daemon.service.ServiceState.Aborting;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.ServiceState.Starting;
import dev.reeve.daemon.service.ServiceState.Stopping;
import dev.reeve.daemon.service.ServiceState.Up;
import java.time.Duration;

/// The part of [ServiceMachine] that decides what follows from what a process says of itself, and from its silence.
final class Hearing {
    /// As what the end of a process counts that was aborted: never as one that it meant.
    static final ExitStatus ABORTED = new ExitStatus.Killed(Signal.KILL);

    private static final String TOLD = "it said that it has failed";

    private Hearing() {}

    static Transition on(Running state, Notified event, Moment now) {
        Run run = state.run();
        return switch (event) {
            case StatusTold(String status) ->
                to(state.with(run.reporting(run.report().saying(status))));
            case ReloadBegan _ -> state instanceof Up ? to(state.with(run.doing(Activity.RELOADING))) : stay(state);
            case StopBegan _ -> isWantedToRun(state) ? to(state.with(run.doing(Activity.ENDING))) : stay(state);
            case HeartBeat _ -> to(state.with(run.heard(now)));
            case WatchdogSet(Duration silenceMax) -> to(state.with(run.mayBeSilentFor(silenceMax, now)));
            case FailureTold _ -> isWantedToRun(state) ? abort(state, TOLD, now) : stay(state);
            case MainProcessTold(Pid pid) -> goingOn(state.with(run.goingOnAs(pid, now)));
            case MoreTimeAsked(Duration time) ->
                state instanceof Stopping stopping ? extended(stopping, now.plus(time)) : stay(state);
        };
    }

    /// The process has been silent for too long.
    static Transition silent(Up up, Moment now) {
        String millis = up.run()
                .watchdog()
                .silenceMax()
                .map(Duration::toMillis)
                .map(String::valueOf)
                .orElse("some");
        return abort(up, "its watchdog heard nothing from it for " + millis + " ms", now);
    }

    /// What its predecessor was sent in order to end it is sent to the new main process too.
    private static Transition goingOn(Running state) {
        Run run = state.run();
        return state instanceof Stopping
                ? to(state, new Terminate(run.pid(), run.settings().stop().signal()))
                : to(state);
    }

    private static boolean isWantedToRun(Running state) {
        return state instanceof Starting || state instanceof Up;
    }

    /// SIGABRT, so that it can leave a core dump behind.
    private static Transition abort(Running running, String reason, Moment now) {
        Run run = running.run();
        Run told = run.sent(Signal.CONT, now);
        return to(
                new Aborting(told, reason, running.want(), patience(run, now), running.history()),
                new Terminate(run.pid(), Signal.ABRT));
    }

    /// Somebody has asked for the end of a process that was aborted.
    static Stopping endingAsAsked(Aborting aborting, Want want, Moment now) {
        return new Stopping(aborting.run(), want, patience(aborting.run(), now), aborting.history());
    }

    private static Moment patience(Run run, Moment now) {
        return now.plus(run.settings().stop().killAfter().orElse(ServiceMachine.KILL_INTERVAL));
    }

    /// Never less than its files give it.
    private static Transition extended(Stopping stopping, Moment until) {
        return stopping.deadline().isBefore(until)
                ? to(new Stopping(stopping.run(), stopping.want(), until, stopping.history()))
                : stay(stopping);
    }
}
