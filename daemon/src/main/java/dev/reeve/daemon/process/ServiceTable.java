package dev.reeve.daemon.process;

import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.process.Scan.Discovery;
import dev.reeve.daemon.process.Scan.FoundDirectory;
import dev.reeve.daemon.process.Scan.FoundLogger;
import dev.reeve.daemon.service.ServiceName;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every service that has a directory, by the name under which the fleet knows it: a new name that was told to the
/// [ProcessFacts] stands here when the fleet has taken it into account. Belongs to the loop's thread.
final class ServiceTable {
    private final Kernel kernel;
    private final Map<ServiceName, ServiceProcess> services = new HashMap<>();
    private final Set<ServiceName> promised = new HashSet<>();
    private long lastNumber;

    ServiceTable(Kernel kernel) {
        this.kernel = kernel;
    }

    @Nullable
    ServiceProcess find(ServiceName name) {
        return services.get(name);
    }

    int size() {
        return services.size();
    }

    Collection<ServiceProcess> all() {
        return Collections.unmodifiableCollection(services.values());
    }

    /// Which directories they are.
    Set<DirectoryIdentity> identities() {
        return services.values().stream()
                .map(service -> service.directory.identity())
                .collect(Collectors.toSet());
    }

    /// Whether nobody has this name, or is about to have it.
    boolean isFree(ServiceName name) {
        return !services.containsKey(name) && !promised.contains(name);
    }

    /// These names were told, and will be taken.
    void promise(Collection<ServiceName> names) {
        promised.addAll(names);
    }

    /// Adds a service, and its logger if it has one.
    void add(Discovery discovery) {
        @Nullable FoundLogger logger = discovery.logger().orElse(null);
        if (logger == null) {
            add(discovery.service(), List.of(), null);
            return;
        }
        ServiceProcess reader = add(logger.found(), logger.pipe().forLogger(), logger.pipe());
        ServiceProcess producer = add(discovery.service(), logger.pipe().forProducer(), logger.pipe());
        producer.logger = reader;
        reader.producer = producer;
    }

    private ServiceProcess add(FoundDirectory found, List<PassedFd> logEnd, @Nullable LogPipe logPipe) {
        ServiceProcess service =
                new ServiceProcess(++lastNumber, found.directory().with(logEnd), logPipe, found.hold());
        services.put(service.name(), service);
        return service;
    }

    /// The fleet knows these by their new names now.
    void rename(Map<ServiceName, ServiceName> names) {
        Map<ServiceName, ServiceProcess> renamed = new HashMap<>();
        names.forEach((from, to) -> {
            @Nullable ServiceProcess service = services.remove(from);
            if (service != null) {
                renamed.put(to, service);
            }
        });
        services.putAll(renamed);
        promised.removeAll(names.values());
    }

    void forget(ServiceName name) {
        @Nullable ServiceProcess service = services.remove(name);
        if (service != null) {
            service.forget(kernel);
        }
    }

    /// How many descriptors are open for services, by what they are for.
    SequencedMap<String, Long> descriptors() {
        SequencedMap<String, Long> counts = new TreeMap<>();
        counts.put("service-directories", (long) services.size());
        counts.put("processes", count(service -> service.child != null) + count(service -> service.leader != null));
        counts.put("readiness-pipes", count(service -> service.readiness != null));
        counts.put("notify-sockets", count(service -> service.notifications != null));
        counts.put("log-pipe-ends", count(service -> service.logPipe != null));
        counts.put(
                "stored-descriptors",
                services.values().stream()
                        .mapToLong(service -> service.stored.count())
                        .sum());
        counts.put(
                "listening-sockets",
                services.values().stream()
                        .mapToLong(service -> service.sockets.count())
                        .sum());
        counts.put(
                "s6-files",
                services.values().stream()
                        .mapToLong(service -> service.hold.descriptors())
                        .sum());
        return counts;
    }

    private long count(Predicate<ServiceProcess> predicate) {
        return services.values().stream().filter(predicate).count();
    }
}
