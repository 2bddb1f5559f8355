package dev.reeve.cli;

import dev.reeve.protocol.ServiceStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Services with their processes below them, and each logger below the service that it serves, as lines.
final class ServiceTree {
    private static final String LOGGER = "/log";

    private final ProcessTable processes;
    private final int daemon;
    private final List<String> lines = new ArrayList<>();

    /// `daemon` is the pid of reeved, whose children the services are.
    ServiceTree(ProcessTable processes, int daemon) {
        this.processes = processes;
        this.daemon = daemon;
    }

    List<String> lines(List<ServiceStatus> services) {
        Map<String, ServiceStatus> byName = new TreeMap<>();
        services.forEach(service -> byName.put(service.name(), service));
        List<ServiceStatus> roots = byName.values().stream()
                .filter(service -> !isLoggerOfAnother(service.name(), byName))
                .sorted(Comparator.comparing(ServiceStatus::name))
                .toList();
        for (int i = 0; i < roots.size(); i++) {
            service(roots.get(i), byName, "", i == roots.size() - 1);
        }
        return lines;
    }

    /// The processes of the service, parents first; none where this machine's processes are not those of the
    /// daemon, as in another PID namespace.
    List<ProcessTable.Entry> processesOf(ServiceStatus service) {
        Integer pid = service.pid();
        if (pid == null) {
            return List.of();
        }
        int parent = processes.process(pid).map(ProcessTable.Entry::parent).orElse(0);
        return parent == daemon ? processes.family(pid) : List.of();
    }

    /// Whether the service is the logger of one of these.
    static boolean isLoggerOfAnother(String name, Map<String, ServiceStatus> services) {
        return name.endsWith(LOGGER) && services.containsKey(name.substring(0, name.length() - LOGGER.length()));
    }

    private void service(ServiceStatus service, Map<String, ServiceStatus> all, String before, boolean isLast) {
        String state = service.phase().word() + (service.ready() ? ", ready" : "");
        lines.add(before + (isLast ? "└─ " : "├─ ") + service.name() + ": " + state);
        String below = before + (isLast ? "   " : "│  ");
        ServiceStatus logger = all.get(service.name() + LOGGER);
        List<ProcessTable.Entry> own = processesOf(service);
        Integer pid = service.pid();
        if (!own.isEmpty()) {
            process(own.getFirst(), below, logger == null);
        } else if (pid != null) {
            lines.add(below + (logger == null ? "└─ " : "├─ ") + pid);
        }
        if (logger != null) {
            service(logger, all, below, true);
        }
    }

    private void process(ProcessTable.Entry process, String before, boolean isLast) {
        lines.add(before + (isLast ? "└─ " : "├─ ") + process.pid() + " " + process.command());
        List<ProcessTable.Entry> children = processes.childrenOf(process.pid());
        for (int i = 0; i < children.size(); i++) {
            process(children.get(i), before + (isLast ? "   " : "│  "), i == children.size() - 1);
        }
    }
}
