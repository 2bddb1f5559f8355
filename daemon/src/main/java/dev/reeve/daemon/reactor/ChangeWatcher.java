package dev.reeve.daemon.reactor;

import dev.reeve.daemon.fleet.ServiceSituation;

/// Is told of every change of every service, in the turn in which it happens.
public interface ChangeWatcher {

    void changed(ServiceSituation situation);

    /// The turn is over; what was kept back to be sent at once is sent.
    void turnEnded();
}
