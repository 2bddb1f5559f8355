package dev.reeve.daemon.service;

import dev.reeve.daemon.service.Evidence.BeingSpawned;
import dev.reeve.daemon.service.Evidence.Living;
import dev.reeve.daemon.service.Evidence.Nothing;
import dev.reeve.daemon.service.ServiceState.Aborting;
import dev.reeve.daemon.service.ServiceState.AskedToStop;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Finishing;
import dev.reeve.daemon.service.ServiceState.Resting;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import dev.reeve.daemon.service.ServiceState.Starting;
import dev.reeve.daemon.service.ServiceState.Timed;
import dev.reeve.daemon.service.ServiceState.Up;
import java.util.Optional;

/// Where a service is after an error of our own, in which something that happened to it was lost: the [Evidence]
/// says what there is, the state before it says what is wanted. A deadline that has passed is put
/// off, so that an error that comes again does not come at once.
public final class Reconciliation {
    private static final String PROBLEM = "internal error, told in the log";

    private Reconciliation() {}

    /// Whether this is a state in which there is what there is, once every fact was taken into account.
    public static boolean agree(ServiceState state, Evidence evidence) {
        return switch (evidence) {
            case Nothing() -> state instanceof Resting;
            case BeingSpawned(Program program) ->
                program == Program.RUN ? state instanceof Spawning : state instanceof SpawningFinish;
            case Living(Program program, Pid pid) ->
                state.pid().equals(Optional.of(pid)) && state instanceof Running == (program == Program.RUN);
        };
    }

    /// The state that has what there is, and leads to what is wanted.
    public static ServiceState reconciled(ServiceState before, Evidence evidence, Moment now) {
        return switch (evidence) {
            case Nothing() -> resting(before, now);
            case BeingSpawned(Program program) ->
                program == Program.RUN
                        ? new Spawning(before.want(), before.history())
                        : new SpawningFinish(wantAfterRun(before), before.history());
            case Living(Program program, Pid pid) ->
                program == Program.RUN ? running(before, pid, now) : finishing(before, pid, now);
        };
    }

    private static ServiceState resting(ServiceState before, Moment now) {
        if (before instanceof Down || before instanceof Failed) {
            return before;
        }
        History history = before.history().notSpawned(now);
        return switch (before.want()) {
            case UP -> new BackingOff(Optional.of(PROBLEM), history.startNotBefore(), history);
            // Nobody knows whether it has run.
            case ONCE -> new Failed(PROBLEM, history);
            case DOWN -> new Down(before.history());
        };
    }

    private static ServiceState running(ServiceState before, Pid pid, Moment now) {
        if (before instanceof Running running && running.run().pid().equals(pid)) {
            boolean stays = before instanceof Starting || before instanceof Up;
            return stays ? heard(running, now) : askedAgain(running.run(), before, now);
        }
        Run run = new Run(pid, RunSettings.DEFAULT, now, Optional.empty());
        return switch (before.want()) {
            case UP, ONCE -> new Up(run, before.want(), before.history());
            case DOWN -> askedAgain(run, before, now);
        };
    }

    /// What it said meanwhile may be what was lost.
    private static ServiceState heard(Running running, Moment now) {
        boolean isOverdue = running instanceof Up up && !now.isBefore(up.deadline());
        return isOverdue ? running.with(running.run().heard(now)) : running;
    }

    /// Whether it was sent its signal is not known.
    private static ServiceState askedAgain(Run run, ServiceState before, Moment now) {
        Moment deadline = now.plus(ServiceMachine.STOP_SETTINGS_PATIENCE);
        return new AskedToStop(run, wantAfterRun(before), deadline, before.history());
    }

    /// Where it is not known how long it may take, it may take what most may.
    private static ServiceState finishing(ServiceState before, Pid pid, Moment now) {
        boolean waits = !(before instanceof Running)
                && before instanceof Timed timed
                && before.pid().equals(Optional.of(pid))
                && now.isBefore(timed.deadline());
        return waits
                ? before
                : new Finishing(pid, wantAfterRun(before), now.plus(ServiceMachine.KILL_INTERVAL), before.history());
    }

    /// Whoever was to run once has run; but who was to be replaced by another that runs once is replaced.
    private static Want wantAfterRun(ServiceState before) {
        boolean hasRun = before instanceof Spawning
                || before instanceof Starting
                || before instanceof Up
                || before instanceof Aborting;
        return hasRun && before.want() == Want.ONCE ? Want.DOWN : before.want();
    }
}
