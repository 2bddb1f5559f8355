package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState.Resting;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The services by their names, in the order of these. Where a service is changes all the time, and which there are
/// seldom does: so their order is kept apart, and costs nothing where they are only looked up.
final class Roster {
    private final Map<ServiceName, ServiceSituation> services = new HashMap<>();
    private final TreeSet<ServiceName> names = new TreeSet<>();
    private final Collection<ServiceSituation> inOrder = new InOrder();

    @Nullable
    ServiceSituation find(ServiceName name) {
        return services.get(name);
    }

    boolean contains(ServiceName name) {
        return services.containsKey(name);
    }

    Collection<ServiceSituation> all() {
        return inOrder;
    }

    List<ServiceName> names() {
        return List.copyOf(names);
    }

    /// Whether this is a logger, and its service runs; for the catch-all logger, whether any other does.
    boolean isNeededStill(ServiceName name) {
        if (name.equals(ServiceName.CATCH_ALL_LOGGER)) {
            return services.values().stream()
                    .anyMatch(other -> !other.name().equals(name) && !(other.state() instanceof Resting));
        }
        return name.producer()
                .map(services::get)
                .filter(producer -> !(producer.state() instanceof Resting))
                .isPresent();
    }

    void put(ServiceSituation situation) {
        if (services.put(situation.name(), situation) == null) {
            names.add(situation.name());
        }
    }

    void remove(ServiceName name) {
        services.remove(name);
        names.remove(name);
    }

    /// Back to what was there, or to nothing.
    void restore(ServiceName name, @Nullable ServiceSituation situation) {
        if (situation == null) {
            remove(name);
        } else {
            put(situation);
        }
    }

    private final class InOrder extends AbstractCollection<ServiceSituation> {
        @Override
        public Iterator<ServiceSituation> iterator() {
            Iterator<ServiceName> each = names.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public ServiceSituation next() {
                    return Objects.requireNonNull(services.get(each.next()));
                }
            };
        }

        @Override
        public int size() {
            return names.size();
        }
    }
}
