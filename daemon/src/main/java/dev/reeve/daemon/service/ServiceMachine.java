package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.Transition.stay;
import static dev.reeve.daemon.service.Transition.to;

import dev.reeve.daemon.service.SelfReport.Activity;
import dev.reeve.daemon.service.ServiceEffect.Kill;
import dev.reeve.daemon.service.ServiceEffect.KillGroup;
import dev.reeve.daemon.service.ServiceEffect.ReadReloadSignal;
import dev.reeve.daemon.service.ServiceEffect.ReadStopSettings;
import dev.reeve.daemon.service.ServiceEffect.SendSignal;
import dev.reeve.daemon.service.ServiceEffect.SignalGroup;
import dev.reeve.daemon.service.ServiceEffect.SpawnFinish;
import dev.reeve.daemon.service.ServiceEffect.Terminate;
import dev.reeve.daemon.service.ServiceEvent.BecameReady;
import dev.reeve.daemon.service.ServiceEvent.DeadlinePassed;
import dev.reeve.daemon.service.ServiceEvent.FinishEnded;
import dev.reeve.daemon.service.ServiceEvent.FinishSkipped;
import dev.reeve.daemon.service.ServiceEvent.FinishSpawned;
import dev.reeve.daemon.service.ServiceEvent.GroupSignalRequested;
import dev.reeve.daemon.service.ServiceEvent.NotAgainRequested;
import dev.reeve.daemon.service.ServiceEvent.Notified;
import dev.reeve.daemon.service.ServiceEvent.OnceRequested;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.ReloadRequested;
import dev.reeve.daemon.service.ServiceEvent.ReloadSignalRead;
import dev.reeve.daemon.service.ServiceEvent.RestartRequested;
import dev.reeve.daemon.service.ServiceEvent.SignalRequested;
import dev.reeve.daemon.service.ServiceEvent.Signalling;
import dev.reeve.daemon.service.ServiceEvent.SpawnFailed;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceEvent.StopSettingsRead;
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
import dev.reeve.daemon.service.ServiceState.Timed;
import dev.reeve.daemon.service.ServiceState.Up;
import java.time.Duration;
import java.util.Optional;

/// Decides what follows when something happens to a service. One method a state; each answers every event, which the
/// compiler checks because no switch here has a default, and an event that changes nothing is written out. What follows
/// once `run` has ended is in [AfterRun], what follows from what it says of itself in [Hearing].
public class ServiceMachine {

    /// How long the files that say how to stop a service may take to read, before what they said at its start is used.
    static final Duration STOP_SETTINGS_PATIENCE = Duration.ofSeconds(1);

    /// How long after a SIGKILL it is sent again, as s6-supervise does.
    static final Duration KILL_INTERVAL = Duration.ofSeconds(5);

    public Transition on(ServiceState state, ServiceEvent event, Moment now) {
        if (event instanceof DeadlinePassed && state instanceof Timed timed && now.isBefore(timed.deadline())) {
            return stay(state);
        }
        return switch (state) {
            case Down down -> whenDown(down, event, now);
            case Spawning spawning -> whenSpawning(spawning, event, now);
            case Starting starting -> whenStarting(starting, event, now);
            case Up up -> whenUp(up, event, now);
            case Aborting aborting -> whenAborting(aborting, event, now);
            case AskedToStop asked -> whenAskedToStop(asked, event, now);
            case Stopping stopping -> whenStopping(stopping, event, now);
            case Killing killing -> whenKilling(killing, event, now);
            case SpawningFinish spawning -> AfterRun.whenSpawningFinish(spawning, event, now);
            case Finishing finishing -> AfterRun.whenFinishing(finishing, event, now);
            case KillingFinish killing -> AfterRun.whenKillingFinish(killing, event, now);
            case BackingOff backingOff -> whenBackingOff(backingOff, event, now);
            case Failed failed -> whenFailed(failed, event, now);
        };
    }

    private Transition whenDown(Down down, ServiceEvent event, Moment now) {
        return switch (event) {
            case StartRequested _, RestartRequested _ ->
                AfterRun.spawn(Want.UP, down.history().startingAtOnce(now));
            case OnceRequested _ -> AfterRun.spawn(Want.ONCE, down.history().startingAtOnce(now));
            case StopRequested _, NotAgainRequested _, DeadlinePassed _ -> stay(down);
            case Spawned _, SpawnFailed _, BecameReady _, ProcessEnded _, StopSettingsRead _ -> stay(down);
            case FinishSpawned _, FinishSkipped _, FinishEnded _ -> stay(down);
            case Signalling _ -> stay(down);
            case Notified _ -> stay(down);
        };
    }

    private Transition whenSpawning(Spawning spawning, ServiceEvent event, Moment now) {
        History history = spawning.history();
        return switch (event) {
            case StartRequested _ -> to(new Spawning(Want.UP, history));
            case OnceRequested _ -> to(new Spawning(Want.ONCE, history));
            case RestartRequested _ -> to(new Spawning(spawning.want().restarted(), history));
            case NotAgainRequested _ ->
                spawning.want() == Want.UP ? to(new Spawning(Want.ONCE, history)) : stay(spawning);
            case StopRequested _ -> to(new Spawning(Want.DOWN, history));
            case Spawned(Pid pid, RunSettings settings) -> spawned(spawning, pid, settings, now);
            case SpawnFailed(String problem) -> spawnFailed(spawning, problem, now);
            case BecameReady _, ProcessEnded _, StopSettingsRead _, DeadlinePassed _ -> stay(spawning);
            case FinishSpawned _, FinishSkipped _, FinishEnded _ -> stay(spawning);
            case Signalling _ -> stay(spawning);
            case Notified _ -> stay(spawning);
        };
    }

    private Transition whenStarting(Starting starting, ServiceEvent event, Moment now) {
        Run run = starting.run();
        History history = starting.history();
        return switch (event) {
            case StopRequested _ -> askToStop(run, Want.DOWN, history, now);
            case RestartRequested _ -> askToStop(run, starting.want(), history, now);
            case StartRequested _ -> to(new Starting(run, Want.UP, history));
            case OnceRequested _, NotAgainRequested _ -> to(new Starting(run, Want.ONCE, history));
            case BecameReady _ -> to(new Up(run.ready(now), starting.want(), history));
            case ProcessEnded(ExitStatus exit) -> endedUnasked(starting, exit, now);
            case DeadlinePassed _, Spawned _, SpawnFailed _, StopSettingsRead _ -> stay(starting);
            case Signalling signalling -> signal(starting, signalling, now);
            case Notified notified -> Hearing.on(starting, notified, now);
            case FinishSpawned _, FinishSkipped _, FinishEnded _ -> stay(starting);
        };
    }

    private Transition whenUp(Up up, ServiceEvent event, Moment now) {
        Run run = up.run();
        History history = up.history();
        return switch (event) {
            case StopRequested _ -> askToStop(run, Want.DOWN, history, now);
            case RestartRequested _ -> askToStop(run, up.want(), history, now);
            case StartRequested _ -> to(new Up(run, Want.UP, history));
            case OnceRequested _, NotAgainRequested _ -> to(new Up(run, Want.ONCE, history));
            case ProcessEnded(ExitStatus exit) -> endedUnasked(up, exit, now);
            case BecameReady _ -> to(up.with(run.doing(Activity.SERVING)));
            case DeadlinePassed _ -> Hearing.silent(up, now);
            case Spawned _, SpawnFailed _, StopSettingsRead _ -> stay(up);
            case Signalling signalling -> signal(up, signalling, now);
            case Notified notified -> Hearing.on(up, notified, now);
            case FinishSpawned _, FinishSkipped _, FinishEnded _ -> stay(up);
        };
    }

    private Transition whenAborting(Aborting aborting, ServiceEvent event, Moment now) {
        Run run = aborting.run();
        return switch (event) {
            case StartRequested _ -> to(aborting.wanted(Want.UP));
            case OnceRequested _, NotAgainRequested _ -> to(aborting.wanted(Want.ONCE));
            case RestartRequested _ -> to(Hearing.endingAsAsked(aborting, aborting.want(), now));
            case StopRequested _ -> to(Hearing.endingAsAsked(aborting, Want.DOWN, now));
            case DeadlinePassed _ -> to(aborting.until(now.plus(KILL_INTERVAL)), kill(run));
            case ProcessEnded(ExitStatus exit) -> endedUnasked(aborting, exit, Hearing.ABORTED, now);
            case BecameReady _ -> becameReady(aborting, now);
            case StopSettingsRead _, Spawned _, SpawnFailed _ -> stay(aborting);
            case Signalling signalling -> signal(aborting, signalling, now);
            case Notified notified -> Hearing.on(aborting, notified, now);
            case FinishSpawned _, FinishSkipped _, FinishEnded _ -> stay(aborting);
        };
    }

    private Transition whenAskedToStop(AskedToStop asked, ServiceEvent event, Moment now) {
        Run run = asked.run();
        History history = asked.history();
        return switch (event) {
            case StartRequested _ -> to(asked.wanted(Want.UP));
            case OnceRequested _ -> to(asked.wanted(Want.ONCE));
            case RestartRequested _ -> to(asked.wanted(asked.want().restarted()));
            case StopRequested _, NotAgainRequested _ -> to(asked.wanted(Want.DOWN));
            case StopSettingsRead(StopSettings settings) -> terminate(run, settings, asked.want(), history, now);
            case DeadlinePassed _ -> terminate(run, run.settings().stop(), asked.want(), history, now);
            case ProcessEnded(ExitStatus exit) -> finish(run, exit, asked.want(), history.endedAsAsked(exit, now), now);
            case BecameReady _ -> becameReady(asked, now);
            case Spawned _, SpawnFailed _ -> stay(asked);
            case Signalling signalling -> signal(asked, signalling, now);
            case Notified notified -> Hearing.on(asked, notified, now);
            case FinishSpawned _, FinishSkipped _, FinishEnded _ -> stay(asked);
        };
    }

    private Transition whenStopping(Stopping stopping, ServiceEvent event, Moment now) {
        Run run = stopping.run();
        History history = stopping.history();
        return switch (event) {
            case StartRequested _ -> to(stopping.wanted(Want.UP));
            case OnceRequested _ -> to(stopping.wanted(Want.ONCE));
            case RestartRequested _ -> to(stopping.wanted(stopping.want().restarted()));
            case StopRequested _, NotAgainRequested _ -> to(stopping.wanted(Want.DOWN));
            case DeadlinePassed _ -> kill(run, stopping.want(), history, now);
            case ProcessEnded(ExitStatus exit) ->
                finish(run, exit, stopping.want(), history.endedAsAsked(exit, now), now);
            case BecameReady _ -> becameReady(stopping, now);
            case StopSettingsRead _, Spawned _, SpawnFailed _ -> stay(stopping);
            case Signalling signalling -> signal(stopping, signalling, now);
            case Notified notified -> Hearing.on(stopping, notified, now);
            case FinishSpawned _, FinishSkipped _, FinishEnded _ -> stay(stopping);
        };
    }

    private Transition whenKilling(Killing killing, ServiceEvent event, Moment now) {
        Run run = killing.run();
        History history = killing.history();
        return switch (event) {
            case StartRequested _ -> to(killing.wanted(Want.UP));
            case OnceRequested _ -> to(killing.wanted(Want.ONCE));
            case RestartRequested _ -> to(killing.wanted(killing.want().restarted()));
            case StopRequested _, NotAgainRequested _ -> to(killing.wanted(Want.DOWN));
            case DeadlinePassed _ -> kill(run, killing.want(), history, now);
            case ProcessEnded(ExitStatus exit) ->
                finish(run, exit, killing.want(), history.endedAsAsked(exit, now), now);
            case BecameReady _ -> becameReady(killing, now);
            case StopSettingsRead _, Spawned _, SpawnFailed _ -> stay(killing);
            case Signalling signalling -> signal(killing, signalling, now);
            case Notified notified -> Hearing.on(killing, notified, now);
            case FinishSpawned _, FinishSkipped _, FinishEnded _ -> stay(killing);
        };
    }

    private Transition whenBackingOff(BackingOff backingOff, ServiceEvent event, Moment now) {
        return switch (event) {
            case StartRequested _, RestartRequested _ ->
                AfterRun.spawn(Want.UP, backingOff.history().startingAtOnce(now));
            case OnceRequested _ ->
                AfterRun.spawn(Want.ONCE, backingOff.history().startingAtOnce(now));
            case StopRequested _, NotAgainRequested _ -> to(new Down(backingOff.history()));
            case DeadlinePassed _ -> AfterRun.spawn(Want.UP, backingOff.history());
            case Spawned _, SpawnFailed _, BecameReady _, ProcessEnded _, StopSettingsRead _ -> stay(backingOff);
            case FinishSpawned _, FinishSkipped _, FinishEnded _ -> stay(backingOff);
            case Signalling _ -> stay(backingOff);
            case Notified _ -> stay(backingOff);
        };
    }

    private Transition whenFailed(Failed failed, ServiceEvent event, Moment now) {
        return switch (event) {
            case StartRequested _, RestartRequested _ ->
                AfterRun.spawn(Want.UP, failed.history().startingAtOnce(now));
            case OnceRequested _ -> AfterRun.spawn(Want.ONCE, failed.history().startingAtOnce(now));
            case StopRequested _ -> to(new Down(failed.history()));
            case Spawned _, SpawnFailed _, BecameReady _, ProcessEnded _, StopSettingsRead _ -> stay(failed);
            case FinishSpawned _, FinishSkipped _, FinishEnded _, NotAgainRequested _, DeadlinePassed _ -> stay(failed);
            case Signalling _ -> stay(failed);
            case Notified _ -> stay(failed);
        };
    }

    private Transition spawned(Spawning spawning, Pid pid, RunSettings settings, Moment now) {
        History history = spawning.history();
        Run run = new Run(pid, settings, now, Optional.empty());
        return switch (spawning.want()) {
            case UP, ONCE ->
                to(
                        settings.announcesReadiness()
                                ? new Starting(run, spawning.want(), history)
                                : new Up(run, spawning.want(), history));
            // The files were read a moment ago, so there is nothing to wait for.
            case DOWN -> terminate(run, settings.stop(), Want.DOWN, history, now);
        };
    }

    private Transition spawnFailed(Spawning spawning, String problem, Moment now) {
        History history = spawning.history().notSpawned(now);
        return switch (spawning.want()) {
            case UP -> to(new BackingOff(Optional.of(problem), history.startNotBefore(), history));
            case ONCE -> to(new Failed("it was to run once and could not be started: " + problem, history));
            case DOWN -> to(new Down(history));
        };
    }

    /// A process that is to end may become ready still, and may live on: it is told as by s6-supervise.
    private static Transition becameReady(Running running, Moment now) {
        Run run = running.run();
        boolean says = run.settings().announcesReadiness() && run.readyAt().isEmpty();
        return says ? to(running.with(run.ready(now))) : stay(running);
    }

    /// A process that lives gets every signal that someone sends it, even while it is to end.
    private static Transition signal(Running running, Signalling event, Moment now) {
        Run run = running.run();
        Pid pid = run.pid();
        return switch (event) {
            case SignalRequested(Signal signal) -> to(running.with(run.sent(signal, now)), new SendSignal(pid, signal));
            case GroupSignalRequested(Signal signal) ->
                to(running.with(run.sent(signal, now)), new SignalGroup(run.leader(), signal));
            case ReloadRequested() -> to(running, new ReadReloadSignal(pid));
            case ReloadSignalRead(Pid of, Signal signal) ->
                of.equals(pid) ? to(running.with(run.sent(signal, now)), new SendSignal(pid, signal)) : stay(running);
        };
    }

    private Transition askToStop(Run run, Want want, History history, Moment now) {
        return to(new AskedToStop(run, want, now.plus(STOP_SETTINGS_PATIENCE), history), new ReadStopSettings());
    }

    private Transition terminate(Run run, StopSettings settings, Want want, History history, Moment now) {
        return to(
                new Stopping(run.stoppedBy(settings), want, now.plus(settings.killAfter()), history),
                new Terminate(run.pid(), settings.signal()));
    }

    private Transition kill(Run run, Want want, History history, Moment now) {
        return to(new Killing(run, want, now.plus(KILL_INTERVAL), history), kill(run));
    }

    private static ServiceEffect kill(Run run) {
        return run.settings().stop().killsGroup() ? new KillGroup(run.leader()) : new Kill(run.pid());
    }

    private Transition endedUnasked(Running running, ExitStatus exit, Moment now) {
        return endedUnasked(running, exit, exit, now);
    }

    /// `counted` is the end as which it counts.
    private Transition endedUnasked(Running running, ExitStatus exit, ExitStatus counted, Moment now) {
        Run run = running.run();
        Optional<String> cause =
                running instanceof Aborting aborting ? Optional.of(aborting.reason()) : Optional.empty();
        if (running.want() == Want.ONCE) {
            return finish(
                    run, exit, Want.DOWN, running.history().endedOnce(exit).causedBy(cause), now);
        }
        History history =
                running.history().endedUnasked(exit, counted, run, now).causedBy(cause);
        boolean restarts =
                run.settings().isRestartedAfter(counted) && history.failure().isEmpty();
        return finish(run, exit, restarts ? Want.UP : Want.DOWN, history, now);
    }

    private Transition finish(Run run, ExitStatus exit, Want want, History history, Moment now) {
        boolean orRun = AfterRun.startsAtOnce(want, history, now);
        return to(new SpawningFinish(want, history), new SpawnFinish(run.leader(), exit, orRun));
    }
}
