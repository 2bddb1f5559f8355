package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.Want;
import java.util.Optional;

/// Where one service is, and since when it has been in that phase. One that is `leaving` has no directory any more:
/// it is on its way to its end, and will be forgotten there. One that is [#exiting] is supervised no more as soon as
/// it rests, and a while later as if it had just been found (`s6-svc -x`); `lastWant` is what was last asked of it,
/// which comes to nothing.
public record ServiceSituation(
        ServiceName name, ServiceState state, Moment since, boolean leaving, Optional<Want> lastWant, Vitals vitals) {

    /// One that was found just now.
    public ServiceSituation(ServiceName name, ServiceState state, Moment since) {
        this(name, state, since, false, Optional.empty(), Vitals.found(since));
    }

    public boolean exiting() {
        return lastWant.isPresent();
    }

    ServiceSituation moved(ServiceState next, Moment now) {
        Moment nextSince = next.phase() == state.phase() ? since : now;
        return new ServiceSituation(name, next, nextSince, leaving, lastWant, vitals.moved(state, next, now));
    }

    ServiceSituation renamed(ServiceName newName) {
        return new ServiceSituation(newName, state, since, leaving, lastWant, vitals);
    }

    ServiceSituation left() {
        return new ServiceSituation(name, state, since, true, lastWant, vitals);
    }

    ServiceSituation exits(Want wanted) {
        return new ServiceSituation(name, state, since, leaving, Optional.of(wanted), vitals);
    }
}
