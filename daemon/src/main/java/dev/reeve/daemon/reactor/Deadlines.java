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
    private final Map<ServiceName, Deadline> ofService = new HashMap<>();
    private final TreeSet<Deadline> inOrder = new TreeSet<>();
    private long lastNumber;

    /// Of those that have the same moment, as all have that are stopped at once, the first one set comes first.
    private record Deadline(Moment moment, long number, ServiceName name) implements Comparable<Deadline> {
        @Override
        public int compareTo(Deadline other) {
            int byMoment = moment.compareTo(other.moment);
            return byMoment != 0 ? byMoment : Long.compare(number, other.number);
        }
    }

    /// The service is somewhere else now.
    void follow(ServiceSituation situation) {
        ServiceName name = situation.name();
        forget(name);
        if (situation.state() instanceof Timed timed && !timed.deadline().equals(Moment.NEVER)) {
            Deadline deadline = new Deadline(timed.deadline(), ++lastNumber, name);
            ofService.put(name, deadline);
            inOrder.add(deadline);
        }
    }

    /// No service has this name.
    void forget(ServiceName name) {
        Deadline before = ofService.remove(name);
        if (before != null) {
            inOrder.remove(before);
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
