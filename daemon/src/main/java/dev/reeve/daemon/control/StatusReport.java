package dev.reeve.daemon.control;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.reactor.WallTimes;
import dev.reeve.daemon.reactor.WallTimes.Times;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Phase;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.SelfReport;
import dev.reeve.daemon.service.SelfReport.Activity;
import dev.reeve.daemon.service.ServiceState;
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
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.Want;
import dev.reeve.protocol.Explanation;
import dev.reeve.protocol.Explanation.Asked;
import dev.reeve.protocol.Explanation.Next;
import dev.reeve.protocol.Explanation.Step;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import dev.reeve.protocol.ServiceStatus.Exit;
import dev.reeve.protocol.ServiceStatus.S6;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Says where a service is, in the protocol's words: monotonic moments become instants of the wall clock as it
/// stands now.
final class StatusReport {
    private final Supplier<Moment> moment;
    private final Supplier<Instant> wallClock;
    private final WallTimes times;

    StatusReport(Supplier<Moment> moment, Supplier<Instant> wallClock, WallTimes times) {
        this.moment = moment;
        this.wallClock = wallClock;
        this.times = times;
    }

    ServiceStatus of(ServiceSituation situation) {
        ServiceState state = situation.state();
        return new ServiceStatus(
                situation.name().text(),
                phase(state.phase()),
                state.phase() == Phase.UP,
                state.want() != Want.DOWN,
                state.pid().map(Pid::number).orElse(null),
                wallClock.get().minus(moment.get().since(situation.since())),
                state.history().lastExit().map(StatusReport::exit).orElse(null),
                state.history().restarts(),
                reason(situation),
                state.want() == Want.ONCE,
                state instanceof Running running && running.run().paused(),
                s6(times.of(situation)),
                report(state).status().orElse(null),
                report(state).activity() == Activity.RELOADING);
    }

    /// As [#of], with who asked for what, and what comes next.
    Explanation explain(ServiceSituation situation, List<Asked> requests) {
        return new Explanation(of(situation), requests, next(situation.state()));
    }

    private @Nullable Next next(ServiceState state) {
        return switch (state) {
            case Down _, Up _, Failed _ -> null;
            case Spawning _, SpawningFinish _ -> new Next(Step.EXECUTE, null);
            case Starting _ -> new Next(Step.READINESS, null);
            case Aborting aborting -> new Next(Step.KILL, instant(aborting.deadline()));
            case AskedToStop asked -> new Next(Step.TERMINATE, instant(asked.deadline()));
            case Stopping stopping -> new Next(Step.KILL, instant(stopping.deadline()));
            case Finishing finishing -> new Next(Step.KILL, instant(finishing.deadline()));
            case Killing killing -> new Next(Step.KILL_AGAIN, instant(killing.deadline()));
            case KillingFinish killing -> new Next(Step.KILL_AGAIN, instant(killing.deadline()));
            case BackingOff backingOff -> new Next(Step.START, instant(backingOff.deadline()));
        };
    }

    private @Nullable Instant instant(Moment deadline) {
        return deadline.equals(Moment.NEVER) ? null : wallClock.get().plus(deadline.since(moment.get()));
    }

    private static S6 s6(Times times) {
        return new S6(times.changedAt(), times.readyChangedAt(), times.vitals().ready());
    }

    private static ServicePhase phase(Phase phase) {
        return switch (phase) {
            case DOWN -> ServicePhase.DOWN;
            case STARTING -> ServicePhase.STARTING;
            case UP -> ServicePhase.UP;
            case STOPPING -> ServicePhase.STOPPING;
            case FINISHING -> ServicePhase.FINISHING;
            case BACKING_OFF -> ServicePhase.BACKING_OFF;
            case FAILED -> ServicePhase.FAILED;
        };
    }

    private static Exit exit(ExitStatus exit) {
        return switch (exit) {
            case ExitStatus.Exited(int code) -> new Exit.Code(code);
            case ExitStatus.Killed(Signal signal) -> new Exit.Signal(signal.toString());
        };
    }

    private static SelfReport report(ServiceState state) {
        return state instanceof Running running ? running.run().report() : SelfReport.NONE;
    }

    private static @Nullable String reason(ServiceSituation situation) {
        if (situation.leaving()) {
            return "its directory is gone, and so will it be when it has ended";
        }
        if (situation.exiting()) {
            return "its supervision ends as soon as it is down (s6-svc -x), and begins anew a second later";
        }
        ServiceState state = situation.state();
        if (state instanceof Failed failed) {
            return failed.reason();
        }
        if (state instanceof Aborting aborting) {
            return aborted(aborting.reason());
        }
        if (state instanceof BackingOff backingOff && backingOff.problem().isPresent()) {
            return backingOff.problem().get();
        }
        // Once it runs again, that is history.
        boolean rests = !(state instanceof Running || state instanceof Spawning);
        return rests ? state.history().cause().map(StatusReport::aborted).orElse(null) : null;
    }

    private static String aborted(String reason) {
        return reason + "; it was sent SIGABRT";
    }
}
