package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceName;
import java.util.Map;

/// What can happen to the fleet.
public sealed interface FleetEvent {

    /// A service was found, and is to run from now on, or to stay down until someone starts it (`down`,
    /// s6's servicedir.html).
    record Found(ServiceName name, boolean startsDown) implements FleetEvent {}

    /// The directory of this service is gone: it is to end, and to be forgotten then. Its logger ends after it, when
    /// it has read what that said, or else with it.
    record Vanished(ServiceName name, boolean loggerToo) implements FleetEvent {
        public Vanished(ServiceName name) {
            this(name, false);
        }
    }

    /// The directory of this service, which was given back, was taken again: it is as if it had just been found.
    record Retaken(ServiceName name, boolean startsDown) implements FleetEvent {}

    /// The directories of these services have new names, and so have they: old name to new one.
    record Renamed(Map<ServiceName, ServiceName> names) implements FleetEvent {}

    /// Someone asked for something.
    record Commanded(Command command) implements FleetEvent {}

    /// Something happened to one service.
    record Happened(ServiceName name, ServiceEvent event) implements FleetEvent {}
}
