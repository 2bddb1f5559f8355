package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.ServiceEffect;
import dev.reeve.daemon.service.ServiceName;
import java.util.List;

/// What follows from an event: what is said to who asked, which services are somewhere else now, what is to be
/// done, and which names mean no service any more, in this order.
public record FleetStep(
        Answer answer, List<ServiceSituation> changed, List<Order> orders, List<ServiceName> forgotten) {

    /// An effect, and whose.
    public record Order(ServiceName name, ServiceEffect effect) {}
}
