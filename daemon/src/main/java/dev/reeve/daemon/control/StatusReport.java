package dev.reeve.daemon.control;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Phase;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.Want;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import dev.reeve.protocol.ServiceStatus.Exit;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Says where a service is, in the protocol's words: monotonic moments become instants of the wall clock as it
/// stands now.
final class StatusReport {
    private final Supplier<Moment> moment;
    private final Supplier<Instant> wallClock;

    StatusReport(Supplier<Moment> moment, Supplier<Instant> wallClock) {
        this.moment = moment;
        this.wallClock = wallClock;
    }

    ServiceStatus of(ServiceSituation situation) {
        ServiceState state = situation.state();
        return new ServiceStatus(
                situation.name().text(),
                phase(state.phase()),
                state.phase() == Phase.UP,
                state.want() == Want.UP,
                state.pid().map(Pid::number).orElse(null),
                wallClock.get().minus(moment.get().since(situation.since())),
                state.history().lastExit().map(StatusReport::exit).orElse(null),
                state.history().restarts(),
                reason(state));
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

    private static @Nullable String reason(ServiceState state) {
        if (state instanceof Failed failed) {
            return failed.reason();
        }
        return state instanceof BackingOff backingOff ? backingOff.problem().orElse(null) : null;
    }
}
