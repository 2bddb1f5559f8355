package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.ServiceEffect;
import dev.reeve.daemon.service.ServiceName;
import java.util.List;

/// What follows from an event: what is said to who asked, which services are somewhere else now, what is to be
/// done, whose directories are to be given back and taken again later, and which names mean no service any more, in
/// this order. Of those in `quiet` only the deadline is another: that is nobody's concern.
public record FleetStep(
        Answer answer,
        List<ServiceSituation> changed,
        List<Order> orders,
        List<ServiceName> givenBack,
        List<ServiceName> forgotten,
        List<ServiceSituation> quiet) {

    /// Where all that changes is to be told, and no directory is given back.
    public FleetStep(Answer answer, List<ServiceSituation> changed, List<Order> orders, List<ServiceName> forgotten) {
        this(answer, changed, orders, List.of(), forgotten, List.of());
    }

    /// An effect, and whose.
    public record Order(ServiceName name, ServiceEffect effect) {}
}
