package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.DaemonLine;
import dev.reeve.cli.outside.Deadline;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.NameBatches;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Waits until services have reached a goal. It watches first and asks then, so that no change falls between the
/// two, and it follows what the daemon tells: nothing is polled.
///
/// A failure counts only if it was told after the daemon took the request: a start is the very answer to an earlier
/// one.
final class ServiceWait {

    private final ControlClient client;
    private final List<String> names;
    private final Goal goal;
    private final Map<String, ServiceStatus> known = new LinkedHashMap<>();
    private final Map<String, Integer> formerPids = new HashMap<>();
    private final Map<String, ServiceStatus> waitedFor = new LinkedHashMap<>();

    ServiceWait(ControlClient client, List<String> names, Goal goal) {
        this.client = client;
        this.names = names;
        this.goal = goal;
    }

    /// Waits without asking for anything: a service that has failed already will not do.
    List<ServiceStatus> follow(Waiting waiting) throws ClientFailure {
        watch();
        for (ServiceStatus service : known.values()) {
            failIfHopeless(service);
        }
        return follow(waiting.deadline(), waiting);
    }

    /// Asks, and waits for what comes of it.
    List<ServiceStatus> askAndFollow(ServiceOrder order, Waiting waiting) throws ClientFailure {
        Deadline deadline = waiting.deadline();
        watch();
        order.send(client, names, this::note);
        if (order == ServiceOrder.RESTART) {
            known.values().forEach(this::remember);
        }
        return follow(deadline, waiting);
    }

    private void watch() throws ClientFailure {
        // A second watch would replace the first: many names mean all of them.
        List<String> watched = NameBatches.of(names).size() == 1 ? names : List.of();
        List<ServiceStatus> services =
                client.demandServices(id -> new Request.Watch(id, watched)).services();
        Map<String, ServiceStatus> told = new HashMap<>();
        services.forEach(service -> told.put(service.name(), service));
        for (String name : names) {
            ServiceStatus service = told.get(name);
            if (service == null) {
                throw new ClientFailure(ExitCode.UNKNOWN_SERVICE, "there is no service " + name);
            }
            known.put(name, service);
        }
    }

    private void note(Notice notice) {
        if (notice instanceof Notice.Changed(long _, ServiceStatus service)) {
            known.replace(service.name(), service);
        }
    }

    private void remember(ServiceStatus service) {
        Integer pid = service.pid();
        if (pid != null) {
            formerPids.put(service.name(), pid);
        }
    }

    private List<ServiceStatus> follow(Deadline deadline, Waiting waiting) throws ClientFailure {
        known.values().stream()
                .filter(service -> !isReachedBy(service))
                .forEach(service -> waitedFor.put(service.name(), service));
        while (!waitedFor.isEmpty()) {
            Optional<DaemonLine> line = client.next(deadline);
            if (line.isEmpty()) {
                throw new ClientFailure(ExitCode.TIMED_OUT, "timed out" + waiting.words() + ": " + unreached());
            }
            if (line.get().message() instanceof Notice.Changed changed) {
                note(changed);
                follow(changed.service());
            }
            if (line.get().message() instanceof Notice.Forgotten(long _, String name)) {
                forget(name);
            }
        }
        return List.copyOf(known.values());
    }

    private void follow(ServiceStatus service) throws ClientFailure {
        if (!waitedFor.containsKey(service.name())) {
            return;
        }
        failIfHopeless(service);
        if (isReachedBy(service)) {
            waitedFor.remove(service.name());
        } else {
            waitedFor.put(service.name(), service);
        }
    }

    /// What is no service any more is down for good.
    private void forget(String name) throws ClientFailure {
        if (waitedFor.remove(name) != null && goal != Goal.DOWN) {
            throw new ClientFailure(ExitCode.FAILED, name + " is no service any more: its directory is gone");
        }
    }

    private boolean isReachedBy(ServiceStatus service) {
        return goal.isReachedBy(service) && !isFormerProcess(service);
    }

    private boolean isFormerProcess(ServiceStatus service) {
        Integer former = formerPids.get(service.name());
        return former != null && Objects.equals(service.pid(), former);
    }

    private void failIfHopeless(ServiceStatus service) throws ClientFailure {
        Optional<String> failure = goal.failure(service);
        if (failure.isPresent()) {
            throw new ClientFailure(ExitCode.FAILED, failure.get());
        }
    }

    private String unreached() {
        return waitedFor.values().stream()
                .map(service -> service.name() + " is " + service.phase().word()
                        + (isFormerProcess(service) ? ", still the process from before" : ""))
                .collect(Collectors.joining("; "));
    }
}
