package dev.reeve.daemon.reactor;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState.Timed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The deadlines of all states that wait, the earliest first. They follow the states: nobody sets or cancels a
/// timer.
final class Deadlines {
    private final Map<ServiceName, Moment> ofService = new HashMap<>();
    private final TreeSet<Deadline> inOrder = new TreeSet<>();

    private record Deadline(Moment moment, ServiceName name) implements Comparable<Deadline> {
        @Override
        public int compareTo(Deadline other) {
            int byMoment = moment.compareTo(other.moment);
            return byMoment != 0 ? byMoment : name.compareTo(other.name);
        }
    }

    /// The service is somewhere else now.
    void follow(ServiceSituation situation) {
        ServiceName name = situation.name();
        forget(name);
        if (situation.state() instanceof Timed timed && !timed.deadline().equals(Moment.NEVER)) {
            ofService.put(name, timed.deadline());
            inOrder.add(new Deadline(timed.deadline(), name));
        }
    }

    /// No service has this name.
    void forget(ServiceName name) {
        Moment before = ofService.remove(name);
        if (before != null) {
            inOrder.remove(new Deadline(before, name));
        }
    }

    /// The earliest of all; [Moment#NEVER] if nothing waits.
    Moment earliest() {
        return inOrder.isEmpty() ? Moment.NEVER : inOrder.first().moment();
    }

    /// A service whose deadline has come; it stays due until its state changes.
    Optional<ServiceName> due(Moment now) {
        return earliest().compareTo(now) <= 0 && !inOrder.isEmpty()
                ? Optional.of(inOrder.first().name())
                : Optional.empty();
    }
}
