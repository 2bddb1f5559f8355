package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;

/// Where one service is, and since when it has been in that phase.
public record ServiceSituation(ServiceName name, ServiceState state, Moment since) {

    ServiceSituation moved(ServiceState next, Moment now) {
        return new ServiceSituation(name, next, next.phase() == state.phase() ? since : now);
    }
}
