package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.ServiceSamples.ABORTED;
import static dev.reeve.daemon.service.ServiceSamples.ANNOUNCING;
import static dev.reeve.daemon.service.ServiceSamples.EXIT;
import static dev.reeve.daemon.service.ServiceSamples.JUST_BEFORE;
import static dev.reeve.daemon.service.ServiceSamples.NOW;
import static dev.reeve.daemon.service.ServiceSamples.PID;
import static dev.reeve.daemon.service.ServiceSamples.RUN;
import static dev.reeve.daemon.service.ServiceSamples.RUN_OF_GROUP;
import static dev.reeve.daemon.service.ServiceSamples.THROTTLED;
import static dev.reeve.daemon.service.ServiceSamples.WATCHED;
import static dev.reeve.daemon.service.ServiceSamples.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.SelfReport.Activity;
import dev.reeve.daemon.service.ServiceEffect.Kill;
import dev.reeve.daemon.service.ServiceEffect.KillGroup;
import dev.reeve.daemon.service.ServiceEffect.ReadReloadSignal;
import dev.reeve.daemon.service.ServiceEffect.SendSignal;
import dev.reeve.daemon.service.ServiceEffect.SignalGroup;
import dev.reeve.daemon.service.ServiceEffect.SpawnFinish;
import dev.reeve.daemon.service.ServiceEffect.Terminate;
import dev.reeve.daemon.service.ServiceEvent.FailureTold;
import dev.reeve.daemon.service.ServiceEvent.GroupSignalRequested;
import dev.reeve.daemon.service.ServiceEvent.HeartBeat;
import dev.reeve.daemon.service.ServiceEvent.MainProcessTold;
import dev.reeve.daemon.service.ServiceEvent.MoreTimeAsked;
import dev.reeve.daemon.service.ServiceEvent.NotAgainRequested;
import dev.reeve.daemon.service.ServiceEvent.OnceRequested;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.ReloadBegan;
import dev.reeve.daemon.service.ServiceEvent.ReloadRequested;
import dev.reeve.daemon.service.ServiceEvent.RestartRequested;
import dev.reeve.daemon.service.ServiceEvent.SignalRequested;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StatusTold;
import dev.reeve.daemon.service.ServiceEvent.StopBegan;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceEvent.WatchdogSet;
import dev.reeve.daemon.service.ServiceState.Aborting;
import dev.reeve.daemon.service.ServiceState.AskedToStop;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Finishing;
import dev.reeve.daemon.service.ServiceState.Killing;
import dev.reeve.daemon.service.ServiceState.KillingFinish;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import dev.reeve.daemon.service.ServiceState.Starting;
import dev.reeve.daemon.service.ServiceState.Stopping;
import dev.reeve.daemon.service.ServiceState.Up;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What follows from what a process says of itself and from its silence, cell by cell.
class ServiceMachineNotifyTest extends MachineSentences {
    private static final Run NEW = new Run(PID, ANNOUNCING, at(90), Optional.empty());
    private static final Starting STARTING = new Starting(NEW, THROTTLED);
    private static final Up UP = new Up(RUN, THROTTLED);
    private static final Aborting ABORTING = new Aborting(RUN, "silent", Want.UP, NOW, THROTTLED);
    private static final List<Running> TO_END = List.of(
            ABORTING,
            new AskedToStop(RUN, Want.UP, NOW, THROTTLED),
            new Stopping(RUN, Want.DOWN, NOW, THROTTLED),
            new Stopping(RUN, Want.DOWN, Moment.NEVER, THROTTLED),
            new Killing(RUN, Want.DOWN, NOW, THROTTLED));
    private static final List<Running> RUNNING =
            Stream.concat(Stream.of(STARTING, UP), TO_END.stream()).toList();
    private static final Pid SUCCESSOR = new Pid(4711);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Nested
    class WhenRunLives {
        @Test
        void itsStatusIsKept() {
            RUNNING.forEach(
                    state -> after(state, new StatusTold("busy")).comes(reporting(state, "busy", Activity.SERVING)));
        }

        @Test
        void anEmptyStatusTakesItBack() {
            RUNNING.forEach(state -> after(reporting(state, "busy", Activity.SERVING), new StatusTold(""))
                    .comes(state));
        }

        @Test
        void itsHeartBeatIsHeard() {
            RUNNING.forEach(state -> after(state, new HeartBeat())
                    .comes(watched(state, state.run().settings().silenceMax())));
        }

        @Test
        void itSaysHowLongItIsSilent() {
            RUNNING.forEach(state -> after(state, new WatchdogSet(LONG)).comes(watched(state, Optional.of(LONG))));
            after(new Up(WATCHED, THROTTLED), new WatchdogSet(Duration.ZERO))
                    .comes(watched(new Up(WATCHED, THROTTLED), Optional.empty()));
        }
    }

    @Nested
    class WhenAnotherIsItsMainProcess {
        @Test
        void itTakesTheOthersPlace() {
            RUNNING.stream()
                    .filter(state -> !(state instanceof Stopping))
                    .forEach(state ->
                            after(state, new MainProcessTold(SUCCESSOR)).comes(ledOn(state)));
        }

        @Test
        void whatIsBeingStoppedIsSentTheSignalToo() {
            RUNNING.stream()
                    .filter(Stopping.class::isInstance)
                    .forEach(state -> after(state, new MainProcessTold(SUCCESSOR))
                            .comes(ledOn(state), new Terminate(SUCCESSOR, Signal.HUP)));
        }

        @Test
        void itIsPausedNoMore() {
            after(new Up(RUN.sent(new Signal(19), NOW), THROTTLED), new MainProcessTold(SUCCESSOR))
                    .comes(ledOn(UP));
        }

        @Test
        void signalsAreItsOwnAndTheProcessGroupIsThatOfRun() {
            Running up = ledOn(UP);
            after(up, new SignalRequested(Signal.HUP)).comes(up, new SendSignal(SUCCESSOR, Signal.HUP));
            after(up, new GroupSignalRequested(Signal.HUP)).comes(up, new SignalGroup(PID, Signal.HUP));
            after(up, new ReloadRequested()).comes(up, new ReadReloadSignal(SUCCESSOR));
        }

        @Test
        void itIsKilledAndFinishIsToldThePidOfRun() {
            Run run = RUN.goingOnAs(SUCCESSOR, NOW);
            Stopping stopping = new Stopping(run, Want.DOWN, NOW, THROTTLED);
            after(stopping, DEADLINE)
                    .comes(new Killing(run, Want.DOWN, KILLED_AGAIN_AT, THROTTLED), new Kill(SUCCESSOR));
            after(stopping, ENDED)
                    .comes(new SpawningFinish(Want.DOWN, endedAsAsked(THROTTLED)), new SpawnFinish(PID, EXIT, false));
            Run ofGroup = RUN_OF_GROUP.goingOnAs(SUCCESSOR, NOW);
            after(new Stopping(ofGroup, Want.DOWN, NOW, THROTTLED), DEADLINE)
                    .comes(new Killing(ofGroup, Want.DOWN, KILLED_AGAIN_AT, THROTTLED), new KillGroup(PID));
        }
    }

    @Nested
    class WhenUp {
        @Test
        void aReloadIsShownUntilItIsReadyAgain() {
            Running reloading = reporting(UP, "", Activity.RELOADING);
            after(UP, new ReloadBegan()).comes(reloading);
            after(reloading, READY).comes(UP);
        }

        @Test
        void itEndsByItselfAndNothingTakesThatBack() {
            Running ending = reporting(UP, "", Activity.ENDING);
            after(UP, new StopBegan()).comes(ending);
            assertEquals(Phase.STOPPING, ending.phase());
            nothingFollows(ending, READY, new ReloadBegan(), new StopBegan());
        }

        @Test
        void whatSaysThatItHasFailedIsAborted() {
            after(UP, new FailureTold())
                    .comes(
                            new Aborting(RUN, "it said that it has failed", Want.UP, at(107), THROTTLED),
                            new Terminate(PID, Signal.ABRT));
        }

        @Test
        void silenceIsWaitedForNoLongerThanItsWatchdogSays() {
            Up watched = new Up(WATCHED, THROTTLED);
            after(watched, DEADLINE, JUST_BEFORE).comesNothing();
            String reason = "its watchdog heard nothing from it for 10000 ms";
            after(watched, DEADLINE)
                    .comes(new Aborting(WATCHED, reason, Want.UP, at(107), THROTTLED), new Terminate(PID, Signal.ABRT));
        }

        @Test
        void silenceMeansNothingWhileItIsPausedAndAllTheTimeIsItsAgainThen() {
            Up watched = new Up(WATCHED, THROTTLED);
            Up paused = watched.with(WATCHED.sent(new Signal(19), at(1)));
            assertEquals(Moment.NEVER, paused.deadline());
            Run goesOn = WATCHED.heard(NOW);
            after(paused, new SignalRequested(Signal.CONT))
                    .comes(watched.with(goesOn), new SendSignal(PID, Signal.CONT));
            assertEquals(at(110), watched.with(goesOn).deadline());
            after(paused, new MainProcessTold(SUCCESSOR)).comes(watched.with(goesOn.goingOnAs(SUCCESSOR, NOW)));
        }

        @Test
        void whatGoesOnThatWasNotPausedHasNoMoreTime() {
            Up watched = new Up(WATCHED, THROTTLED);
            after(watched, new SignalRequested(Signal.CONT)).comes(watched, new SendSignal(PID, Signal.CONT));
            after(watched, new MainProcessTold(SUCCESSOR)).comes(watched.with(WATCHED.goingOnAs(SUCCESSOR, NOW)));
            assertEquals(
                    watched.deadline(),
                    watched.with(WATCHED.goingOnAs(SUCCESSOR, NOW)).deadline());
        }

        @Test
        void whatIsPausedIsHadGoOnToBeAborted() {
            Up paused = new Up(RUN.sent(new Signal(19), NOW), Want.ONCE, THROTTLED);
            after(paused, new FailureTold())
                    .comes(
                            new Aborting(RUN, "it said that it has failed", Want.ONCE, at(107), THROTTLED),
                            new Terminate(PID, Signal.ABRT));
        }

        @Test
        void whatIsNotWatchedMayBeSilentForEver() {
            assertEquals(Moment.NEVER, UP.deadline());
        }

        @Test
        void oneWithoutTimeoutKillIsGivenFiveSecondsToAbort() {
            RunSettings settings = new RunSettings(false, RestartPolicy.DEFAULT, StopSettings.DEFAULT);
            Run run = new Run(PID, settings, at(90), Optional.empty());
            after(new Up(run, THROTTLED), new FailureTold())
                    .comes(
                            new Aborting(run, "it said that it has failed", Want.UP, at(105), THROTTLED),
                            new Terminate(PID, Signal.ABRT));
        }

        @Test
        void thereIsNothingThatItCouldHaveMoreTimeFor() {
            nothingFollows(UP, new MoreTimeAsked(LONG));
        }
    }

    @Nested
    class WhenStarting {
        @Test
        void itsWatchdogWaitsUntilItIsReady() {
            RunSettings settings =
                    new RunSettings(true, RestartPolicy.DEFAULT, StopSettings.DEFAULT, Optional.of(LONG));
            Run run = new Run(PID, settings, at(1), Optional.empty());
            Run ready = new Run(
                    PID,
                    PID,
                    settings,
                    at(1),
                    Optional.of(NOW),
                    false,
                    SelfReport.NONE,
                    new Watchdog(Optional.of(LONG), NOW));
            Up up = new Up(ready, THROTTLED);
            after(new Starting(run, THROTTLED), READY).comes(up);
            assertEquals(at(120), up.deadline());
        }

        @Test
        void itMayEndByItselfOrFail() {
            Running ending = reporting(STARTING, "", Activity.ENDING);
            after(STARTING, new StopBegan()).comes(ending);
            assertEquals(Phase.STOPPING, ending.phase());
            after(STARTING, new FailureTold())
                    .comes(
                            new Aborting(NEW, "it said that it has failed", Want.UP, at(107), THROTTLED),
                            new Terminate(PID, Signal.ABRT));
        }

        @Test
        void itHasNothingToReloadAndNoLimitToItsTime() {
            nothingFollows(STARTING, new ReloadBegan(), new MoreTimeAsked(LONG));
        }
    }

    @Nested
    class WhenItIsToEnd {
        @Test
        void whatElseItSaysChangesNothing() {
            TO_END.forEach(state -> nothingFollows(state, new ReloadBegan(), new StopBegan(), new FailureTold()));
        }

        @Test
        void moreTimeIsGivenBeforeItIsKilledButNeverLess() {
            Stopping stopping = new Stopping(RUN, Want.DOWN, at(107), THROTTLED);
            after(stopping, new MoreTimeAsked(LONG)).comes(new Stopping(RUN, Want.DOWN, at(120), THROTTLED));
            nothingFollows(stopping, new MoreTimeAsked(Duration.ofSeconds(7)));
            nothingFollows(new Stopping(RUN, Want.DOWN, Moment.NEVER, THROTTLED), new MoreTimeAsked(LONG));
        }

        @Test
        void otherwiseThereIsNoMoreTime() {
            TO_END.stream()
                    .filter(state -> !(state instanceof Stopping))
                    .forEach(state -> nothingFollows(state, new MoreTimeAsked(LONG)));
        }
    }

    @Nested
    class WhenAborting {
        private static final Optional<String> SILENT = Optional.of("silent");

        private final Aborting once = new Aborting(RUN, "silent", Want.ONCE, NOW, THROTTLED);

        @Test
        void whetherItIsStartedAgainIsKeptInMind() {
            after(ABORTING, new OnceRequested()).comes(once);
            after(ABORTING, new NotAgainRequested()).comes(once);
            after(once, new StartRequested()).comes(ABORTING);
        }

        @Test
        void whoeverAsksForItsEndNeedNotWaitForAnother() {
            after(ABORTING, new StopRequested()).comes(new Stopping(RUN, Want.DOWN, at(107), THROTTLED));
            after(ABORTING, new RestartRequested()).comes(new Stopping(RUN, Want.UP, at(107), THROTTLED));
            after(once, new RestartRequested()).comes(new Stopping(RUN, Want.ONCE, at(107), THROTTLED));
        }

        @Test
        void itIsKilledAndAgainUntilItEnds() {
            after(ABORTING, DEADLINE, JUST_BEFORE).comesNothing();
            after(ABORTING, DEADLINE)
                    .comes(new Aborting(RUN, "silent", Want.UP, KILLED_AGAIN_AT, THROTTLED), new Kill(PID));
            after(new Aborting(RUN_OF_GROUP, "silent", Want.UP, NOW, THROTTLED), DEADLINE)
                    .comes(
                            new Aborting(RUN_OF_GROUP, "silent", Want.UP, KILLED_AGAIN_AT, THROTTLED),
                            new KillGroup(PID));
        }

        @Test
        void itIsStartedAgainAsAfterAFailure() {
            History history = THROTTLED.endedUnasked(EXIT, ABORTED, RUN, NOW).causedBy(SILENT);
            assertEquals(Optional.of(EXIT), history.lastExit());
            assertEquals(THROTTLED.restarts() + 1, history.restarts());
            after(ABORTING, ENDED).comes(new SpawningFinish(Want.UP, history), new SpawnFinish(PID, EXIT, true));
        }

        @Test
        void itHasFailedHoweverItEnds() {
            Aborting onFailure = aborting(RestartRule.ON_FAILURE);
            for (ExitStatus clean : List.of(new Exited(0), new Killed(Signal.HUP))) {
                History restarted = THROTTLED
                        .endedUnasked(clean, ABORTED, onFailure.run(), NOW)
                        .causedBy(SILENT);
                after(onFailure, new ProcessEnded(clean))
                        .comes(new SpawningFinish(Want.UP, restarted), new SpawnFinish(PID, clean, true));
            }
            Aborting never = aborting(RestartRule.NEVER);
            History failed = THROTTLED
                    .endedUnasked(new Exited(0), ABORTED, never.run(), NOW)
                    .causedBy(SILENT);
            assertEquals(true, failed.failure().isPresent());
            after(never, new ProcessEnded(new Exited(0)))
                    .comes(new SpawningFinish(Want.DOWN, failed), new SpawnFinish(PID, new Exited(0), false));
        }

        @Test
        void itMayBecomeReadyStill() {
            after(new Aborting(NEW, "silent", Want.UP, NOW, THROTTLED), READY)
                    .comes(new Aborting(NEW.ready(NOW), "silent", Want.UP, NOW, THROTTLED));
        }

        @Test
        void whatIsToRunOnceIsNotStartedAgain() {
            after(once, ENDED)
                    .comes(
                            new SpawningFinish(
                                    Want.DOWN, THROTTLED.endedOnce(EXIT).causedBy(SILENT)),
                            new SpawnFinish(PID, EXIT, false));
        }

        @Test
        void nothingElseIsWaitedFor() {
            nothingFollows(ABORTING, READY, SPAWNED, SPAWN_FAILED, SETTINGS_READ);
            nothingFollows(ABORTING, FINISH_SPAWNED, FINISH_SKIPPED, FINISH_ENDED);
        }

        private Aborting aborting(RestartRule rule) {
            RestartPolicy policy =
                    new RestartPolicy(rule, Duration.ofSeconds(1), Duration.ofSeconds(60), Optional.empty());
            Run run = new Run(PID, new RunSettings(false, policy, ServiceSamples.STOP), at(90), Optional.empty());
            return new Aborting(run, "silent", Want.UP, NOW, THROTTLED);
        }
    }

    @Nested
    class WhenRunDoesNotLive {
        @Test
        void whatComesLateSaysNothing() {
            List.of(
                            new Down(THROTTLED),
                            new Spawning(Want.UP, THROTTLED),
                            new SpawningFinish(Want.UP, THROTTLED),
                            new Finishing(PID, Want.UP, NOW, THROTTLED),
                            new KillingFinish(PID, Want.UP, NOW, THROTTLED),
                            new BackingOff(Optional.empty(), NOW, THROTTLED),
                            new Failed("given up", THROTTLED))
                    .forEach(state -> nothingFollows(
                            state,
                            new StatusTold("busy"),
                            new ReloadBegan(),
                            new StopBegan(),
                            new HeartBeat(),
                            new WatchdogSet(LONG),
                            new FailureTold(),
                            new MainProcessTold(SUCCESSOR),
                            new MoreTimeAsked(LONG)));
        }
    }

    private static Running ledOn(Running state) {
        Run run = state.run();
        return state.with(new Run(
                SUCCESSOR, PID, run.settings(), run.startedAt(), run.readyAt(), false, run.report(), run.watchdog()));
    }

    private static Running reporting(Running state, String status, Activity activity) {
        SelfReport report = new SelfReport(status.isEmpty() ? Optional.empty() : Optional.of(status), activity);
        return with(state, report, state.run().watchdog());
    }

    /// Heard now.
    private static Running watched(Running state, Optional<Duration> silenceMax) {
        return with(state, state.run().report(), new Watchdog(silenceMax, NOW));
    }

    private static Running with(Running state, SelfReport report, Watchdog watchdog) {
        Run run = state.run();
        return state.with(new Run(
                run.pid(),
                run.leader(),
                run.settings(),
                run.startedAt(),
                run.readyAt(),
                run.paused(),
                report,
                watchdog));
    }
}
