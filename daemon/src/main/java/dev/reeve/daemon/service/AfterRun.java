package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.Transition.stay;
import static dev.reeve.daemon.service.Transition.to;

import dev.reeve.daemon.service.ServiceEffect.Kill;
import dev.reeve.daemon.service.ServiceEffect.Spawn;
import dev.reeve.daemon.service.ServiceEvent.BecameReady;
import dev.reeve.daemon.service.ServiceEvent.DeadlinePassed;
import dev.reeve.daemon.service.ServiceEvent.FinishEnded;
import dev.reeve.daemon.service.ServiceEvent.FinishSkipped;
import dev.reeve.daemon.service.ServiceEvent.FinishSpawned;
import dev.reeve.daemon.service.ServiceEvent.NotAgainRequested;
import dev.reeve.daemon.service.ServiceEvent.Notified;
import dev.reeve.daemon.service.ServiceEvent.OnceRequested;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.RestartRequested;
import dev.reeve.daemon.service.ServiceEvent.Signalling;
import dev.reeve.daemon.service.ServiceEvent.SpawnFailed;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceEvent.StopSettingsRead;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Finishing;
import dev.reeve.daemon.service.ServiceState.KillingFinish;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import java.time.Duration;
import java.util.Optional;

/// The part of [ServiceMachine] that decides once `run` has ended: `finish`, and where the service settles after it.
final class AfterRun {

    /// The exit code by which `finish` says that the service has failed for good, s6's servicedir.html.
    static final ExitStatus FINISH_SAYS_FAILED = new ExitStatus.Exited(125);

    private AfterRun() {}

    static Transition whenSpawningFinish(SpawningFinish spawning, ServiceEvent event, Moment now) {
        History history = spawning.history();
        return switch (event) {
            case StartRequested _ -> to(new SpawningFinish(Want.UP, history.startingAtOnce(now)));
            case OnceRequested _ -> to(new SpawningFinish(Want.ONCE, history.startingAtOnce(now)));
            case RestartRequested _ -> to(new SpawningFinish(spawning.want().restarted(), history.startingAtOnce(now)));
            case NotAgainRequested _ -> to(new SpawningFinish(Want.DOWN, history));
            case StopRequested _ -> to(new SpawningFinish(Want.DOWN, history.withoutFailure()));
            case FinishSpawned(Pid pid, Optional<Duration> timeout) ->
                to(new Finishing(pid, spawning.want(), now.plus(timeout), history));
            case FinishSkipped(boolean runFollows) ->
                runFollows ? to(new Spawning(spawning.want(), history)) : settle(spawning.want(), history, now);
            case FinishEnded _, DeadlinePassed _ -> stay(spawning);
            case Spawned _, SpawnFailed _, BecameReady _, ProcessEnded _, StopSettingsRead _ -> stay(spawning);
            case Signalling _ -> stay(spawning);
            case Notified _ -> stay(spawning);
        };
    }

    static Transition whenFinishing(Finishing finishing, ServiceEvent event, Moment now) {
        Pid pid = finishing.finish();
        Moment deadline = finishing.deadline();
        History history = finishing.history();
        return switch (event) {
            case StartRequested _ -> to(new Finishing(pid, Want.UP, deadline, history.startingAtOnce(now)));
            case OnceRequested _ -> to(new Finishing(pid, Want.ONCE, deadline, history.startingAtOnce(now)));
            case RestartRequested _ ->
                to(new Finishing(pid, finishing.want().restarted(), deadline, history.startingAtOnce(now)));
            case NotAgainRequested _ -> to(new Finishing(pid, Want.DOWN, deadline, history));
            case StopRequested _ -> to(new Finishing(pid, Want.DOWN, deadline, history.withoutFailure()));
            case FinishEnded(ExitStatus exit) -> finished(exit, finishing.want(), history, now);
            case DeadlinePassed _ -> killFinish(pid, finishing.want(), history, now);
            case FinishSpawned _, FinishSkipped _ -> stay(finishing);
            case Spawned _, SpawnFailed _, BecameReady _, ProcessEnded _, StopSettingsRead _ -> stay(finishing);
            case Signalling _ -> stay(finishing);
            case Notified _ -> stay(finishing);
        };
    }

    static Transition whenKillingFinish(KillingFinish killing, ServiceEvent event, Moment now) {
        Pid pid = killing.finish();
        Moment deadline = killing.deadline();
        History history = killing.history();
        return switch (event) {
            case StartRequested _ -> to(new KillingFinish(pid, Want.UP, deadline, history.startingAtOnce(now)));
            case OnceRequested _ -> to(new KillingFinish(pid, Want.ONCE, deadline, history.startingAtOnce(now)));
            case RestartRequested _ ->
                to(new KillingFinish(pid, killing.want().restarted(), deadline, history.startingAtOnce(now)));
            case NotAgainRequested _ -> to(new KillingFinish(pid, Want.DOWN, deadline, history));
            case StopRequested _ -> to(new KillingFinish(pid, Want.DOWN, deadline, history.withoutFailure()));
            case FinishEnded(ExitStatus exit) -> finished(exit, killing.want(), history, now);
            case DeadlinePassed _ -> killFinish(pid, killing.want(), history, now);
            case FinishSpawned _, FinishSkipped _ -> stay(killing);
            case Spawned _, SpawnFailed _, BecameReady _, ProcessEnded _, StopSettingsRead _ -> stay(killing);
            case Signalling _ -> stay(killing);
            case Notified _ -> stay(killing);
        };
    }

    static Transition spawn(Want want, History history) {
        return to(new Spawning(want, history), new Spawn());
    }

    private static Transition killFinish(Pid pid, Want want, History history, Moment now) {
        return to(new KillingFinish(pid, want, now.plus(ServiceMachine.KILL_INTERVAL), history), new Kill(pid));
    }

    private static Transition finished(ExitStatus exit, Want want, History history, Moment now) {
        if (exit.equals(FINISH_SAYS_FAILED)) {
            return to(new Failed("its finish script says so (exit code 125)", history.withoutFailure()));
        }
        return settle(want, history, now);
    }

    /// Nothing of the service runs any more.
    private static Transition settle(Want want, History history, Moment now) {
        return switch (want) {
            case DOWN ->
                to(history.failure()
                        .<ServiceState>map(reason -> new Failed(reason, history.withoutFailure()))
                        .orElseGet(() -> new Down(history)));
            case UP, ONCE ->
                startsAtOnce(want, history, now)
                        ? spawn(want, history)
                        : to(new BackingOff(Optional.empty(), history.startNotBefore(), history));
        };
    }

    /// Whether `run` is to be executed as soon as nothing of the service runs any more.
    static boolean startsAtOnce(Want want, History history, Moment now) {
        return switch (want) {
            case DOWN -> false;
            case UP -> !now.isBefore(history.startNotBefore());
            // Someone has asked for it since run was told to end, and need not wait.
            case ONCE -> true;
        };
    }
}
