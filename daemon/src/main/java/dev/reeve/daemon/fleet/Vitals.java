package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.Finishing;
import dev.reeve.daemon.service.ServiceState.KillingFinish;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;

/// What s6 tells of a service and its state alone does not say.
///
/// `changedAt` is when `run` last came up or ended, or when the service was found; `readyChangedAt` when it
/// last became `ready`. That is, while `run` lives, that it has announced so, and else that it is really down:
/// `finish` is over too.
public record Vitals(Moment changedAt, Moment readyChangedAt, boolean ready) {

    static Vitals found(Moment now) {
        return new Vitals(now, now, true);
    }

    Vitals moved(ServiceState from, ServiceState to, Moment now) {
        Vitals vitals = this;
        if (from instanceof Running ended && !isSameRun(ended, to)) {
            vitals = vitals.changed(now);
        }
        if (to instanceof Running running) {
            return vitals.running(from, running, now);
        }
        boolean wasBusy = from instanceof Running || isFinishing(from);
        return wasBusy && !isFinishing(to) ? vitals.readied(now) : vitals;
    }

    private Vitals running(ServiceState from, Running running, Moment now) {
        Vitals vitals = isSameRun(running, from) ? this : changed(now);
        return !vitals.ready && running.run().readyAt().isPresent() ? vitals.readied(now) : vitals;
    }

    /// `run` came up or ended.
    private Vitals changed(Moment now) {
        return new Vitals(now, readyChangedAt, false);
    }

    private Vitals readied(Moment now) {
        return new Vitals(changedAt, now, true);
    }

    private static boolean isSameRun(Running running, ServiceState other) {
        return other instanceof Running same && same.run().isSameLife(running.run());
    }

    private static boolean isFinishing(ServiceState state) {
        return state instanceof SpawningFinish || state instanceof Finishing || state instanceof KillingFinish;
    }
}
