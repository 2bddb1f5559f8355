package dev.reeve.daemon.reactor;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.service.ServiceName;

/// Is told of every change of every service, in the turn in which it happens.
public interface ChangeWatcher {

    void changed(ServiceSituation situation);

    /// No service has this name any more: it has left, or was renamed, and what it is called now was told as a
    /// change.
    void forgotten(ServiceName name);

    /// The turn is over; what was kept back to be sent at once is sent.
    void turnEnded();
}
