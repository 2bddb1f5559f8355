package dev.reeve.daemon.process;

import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceName;

/// Where this package tells what it learned. Told on the loop's thread, and only noted there: deciding comes later
/// in the turn.
public interface ProcessFacts {

    /// Something happened to a service.
    void happened(ServiceName name, ServiceEvent event);

    /// The scan directory holds a service that was not known; `startsDown` if it has a file `down`.
    void found(ServiceName name, boolean startsDown);
}
