package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceName;

/// What can happen to the fleet.
public sealed interface FleetEvent {

    /// A service was found, and is to run from now on, or to stay down until someone starts it (`down`, S6-BEHAVIOUR
    /// 1.1).
    record Found(ServiceName name, boolean startsDown) implements FleetEvent {}

    /// Someone asked for something.
    record Commanded(Command command) implements FleetEvent {}

    /// Something happened to one service.
    record Happened(ServiceName name, ServiceEvent event) implements FleetEvent {}
}
