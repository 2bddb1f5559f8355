package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState.Resting;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The services by their names, in the order of these.
final class Roster {
    private final TreeMap<ServiceName, ServiceSituation> services = new TreeMap<>();

    @Nullable
    ServiceSituation find(ServiceName name) {
        return services.get(name);
    }

    boolean contains(ServiceName name) {
        return services.containsKey(name);
    }

    Collection<ServiceSituation> all() {
        return Collections.unmodifiableCollection(services.values());
    }

    List<ServiceName> names() {
        return List.copyOf(services.keySet());
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
        services.put(situation.name(), situation);
    }

    void remove(ServiceName name) {
        services.remove(name);
    }

    /// Back to what was there, or to nothing.
    void restore(ServiceName name, @Nullable ServiceSituation situation) {
        if (situation == null) {
            services.remove(name);
        } else {
            services.put(name, situation);
        }
    }
}
