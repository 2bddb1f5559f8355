package dev.reeve.daemon.process;

import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Services whose directories were given back, and when each is taken again: after a second, as s6-svscan starts an
/// s6-supervise again that has ended; and where that cannot be, after each further one. Belongs to the loop's thread.
final class GivenBack {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SpawnSupplies supplies;
    private final ServiceErrands errands;
    private final ProcessFacts facts;
    private final Predicate<ServiceProcess> vanishing;

    /// [Moment#NEVER] while an errand is out for it.
    private final Map<ServiceProcess, Moment> due = new LinkedHashMap<>();

    /// Those that `vanishing` is true of are gone, which is told, and are not taken again.
    GivenBack(SpawnSupplies supplies, ServiceErrands errands, ProcessFacts facts, Predicate<ServiceProcess> vanishing) {
        this.supplies = supplies;
        this.errands = errands;
        this.facts = facts;
        this.vanishing = vanishing;
    }

    /// Whoever asks again changes nothing.
    void add(ServiceProcess service, Moment now) {
        if (due.putIfAbsent(service, now.plus(PAUSE)) == null) {
            DirectoryHold hold = service.hold;
            service.hold = DirectoryHold.NONE;
            hold.release();
        }
    }

    /// Asked before each wait, and nearly always there are none.
    Moment nextCheck() {
        return due.isEmpty() ? Moment.NEVER : Collections.min(due.values());
    }

    void check(Moment now) {
        if (due.isEmpty()) {
            return;
        }
        due.keySet().removeIf(ServiceProcess::isForgotten);
        List<ServiceProcess> all = due.entrySet().stream()
                .filter(entry -> entry.getValue().compareTo(now) <= 0)
                .map(Map.Entry::getKey)
                .toList();
        all.forEach(service -> take(service, now));
    }

    private void take(ServiceProcess service, Moment now) {
        if (vanishing.test(service)) {
            due.remove(service);
            return;
        }
        due.put(service, Moment.NEVER);
        RetakeErrand.Homecoming homecoming = new RetakeErrand.Homecoming() {
            @Override
            public void taken(DirectoryHold hold, boolean startsDown) {
                due.remove(service);
                if (service.isForgotten()) {
                    hold.release();
                    return;
                }
                service.hold = hold;
                facts.retaken(service.name(), startsDown);
            }

            @Override
            public void failed(String problem) {
                due.replace(service, now().plus(PAUSE));
                warn(service.name(), problem);
            }
        };
        errands.submit(service, new RetakeErrand(supplies, service.directory, homecoming), now);
    }

    private void warn(ServiceName name, String problem) {
        supplies.log()
                .warning("service " + name + ": it was given back (s6-svc -x) and cannot be taken again: " + problem
                        + "; this is tried again until it can");
    }

    private Moment now() {
        return new Moment(supplies.kernel().monotonicNanos());
    }
}
