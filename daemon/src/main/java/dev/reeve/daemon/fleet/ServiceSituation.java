package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;

/// Where one service is, and since when it has been in that phase. One that is `leaving` has no directory any more:
/// it is on its way to its end, and will be forgotten there.
public record ServiceSituation(ServiceName name, ServiceState state, Moment since, boolean leaving, Vitals vitals) {

    /// One that was found just now.
    public ServiceSituation(ServiceName name, ServiceState state, Moment since) {
        this(name, state, since, false, Vitals.found(since));
    }

    ServiceSituation moved(ServiceState next, Moment now) {
        return new ServiceSituation(
                name, next, next.phase() == state.phase() ? since : now, leaving, vitals.moved(state, next, now));
    }

    ServiceSituation renamed(ServiceName newName) {
        return new ServiceSituation(newName, state, since, leaving, vitals);
    }

    ServiceSituation left() {
        return new ServiceSituation(name, state, since, true, vitals);
    }
}
