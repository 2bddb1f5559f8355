package dev.reeve.daemon.process;

import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceName;
import java.util.Map;

/// Where this package tells what it learned. Told on the loop's thread, and only noted there: deciding comes later
/// in the turn.
public interface ProcessFacts {

    /// Something happened to a service.
    void happened(ServiceName name, ServiceEvent event);

    /// The scan directory holds a service that was not known; `startsDown` if it has a file `down`.
    void found(ServiceName name, boolean startsDown);

    /// The directory of a service is gone from the scan directory, and it is to end; `loggerToo` if its logger is not
    /// to read to the end first.
    void vanished(ServiceName name, boolean loggerToo);

    /// The directory of a service, which was given back, was taken again; `startsDown` if it has a file `down`.
    void retaken(ServiceName name, boolean startsDown);

    /// The directories of these services have other names now, loggers' included: old name to new one. What
    /// happened to them before was told under the old names, what happens from now on will be under the new.
    void renamed(Map<ServiceName, ServiceName> names);
}
