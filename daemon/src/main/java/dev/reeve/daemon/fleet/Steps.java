package dev.reeve.daemon.fleet;

import static dev.reeve.daemon.service.ServiceName.CATCH_ALL_LOGGER;

import dev.reeve.daemon.fleet.FleetStep.Order;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceEffect;
import dev.reeve.daemon.service.ServiceEffect.KeepDown;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.HeartBeat;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceMachine;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Resting;
import dev.reeve.daemon.service.Transition;
import dev.reeve.daemon.service.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes the services by what happens in one step of the [Fleet], and collects what follows from that. A step is
/// done as a whole: if an error of our own interrupts it, every service is where it was.
final class Steps {
    private final ServiceMachine machine;
    private final Roster services;
    private final boolean shuttingDown;
    private final List<Before> before = new ArrayList<>(1);
    private final List<ServiceSituation> changed = new ArrayList<>(1);
    private final List<Order> orders = new ArrayList<>(1);
    private final List<ServiceName> givenBack = new ArrayList<>(0);
    private final List<ServiceName> forgotten = new ArrayList<>(0);
    private final List<ServiceSituation> quiet = new ArrayList<>(0);

    private record Before(ServiceName name, @Nullable ServiceSituation situation) {}

    Steps(ServiceMachine machine, Roster services, boolean shuttingDown) {
        this.machine = machine;
        this.services = services;
        this.shuttingDown = shuttingDown;
    }

    FleetStep allOrNone(Runnable taking) {
        try {
            taking.run();
            return new FleetStep(new Answer.Accepted(), changed, orders, givenBack, forgotten, quiet);
        } catch (RuntimeException | Error e) {
            before.reversed().forEach(it -> services.restore(it.name(), it.situation()));
            throw e;
        }
    }

    /// From now on this is where the service is.
    void change(ServiceSituation situation) {
        set(situation);
        changed.add(situation);
    }

    /// The service is there from now on. Where it starts at once, that it was down before is not told: nobody could
    /// have seen it so.
    void begin(ServiceSituation found, boolean starts, Moment now) {
        set(found);
        if (starts) {
            take(found.name(), new StartRequested(), now);
        }
        if (changed.isEmpty()) {
            changed.add(found);
        }
    }

    private void beat(ServiceSituation situation) {
        set(situation);
        quiet.add(situation);
    }

    /// Nothing has happened to them but that they are called otherwise.
    void rename(Map<ServiceName, ServiceName> names) {
        names.forEach((from, to) -> {
            @Nullable ServiceSituation situation = services.find(from);
            if (situation != null) {
                remove(from);
                changed.add(situation.renamed(to));
            }
        });
        changed.forEach(this::set);
        names.keySet().stream().filter(from -> !services.contains(from)).forEach(forgotten::add);
    }

    void leave(ServiceName name) {
        @Nullable ServiceSituation situation = services.find(name);
        if (situation != null && !situation.leaving()) {
            change(situation.left());
        }
    }

    /// The file on the disk first, as s6-supervise has it.
    void take(ServiceName name, Letter letter, Moment now) {
        @Nullable ServiceSituation situation = services.find(name);
        if (situation == null) {
            return;
        }
        if (letter == Letter.EXIT && !situation.exiting()) {
            change(situation.exits(situation.state().want()));
        }
        letter.keepsDown().ifPresent(isKept -> orders.add(new Order(name, new KeepDown(isKept))));
        if (situation.exiting()) {
            letter.wants().ifPresent(want -> noteLastWant(name, want));
        }
        if (!situation.exiting() || !letter.starts()) {
            letter.asks(situation.state()).ifPresent(event -> take(name, event, now));
        }
    }

    private void noteLastWant(ServiceName name, Want want) {
        @Nullable ServiceSituation situation = services.find(name);
        if (situation != null && !situation.lastWant().equals(Optional.of(want))) {
            change(situation.exits(want));
        }
    }

    void take(ServiceName name, ServiceEvent event, Moment now) {
        @Nullable ServiceSituation situation = services.find(name);
        if (situation == null) {
            return;
        }
        Transition transition = machine.on(situation.state(), event, now);
        if (event instanceof HeartBeat) {
            beat(situation.moved(transition.next(), now));
        } else if (isOther(transition.next(), situation.state())) {
            change(situation.moved(transition.next(), now));
            if (situation.exiting() && transition.next() instanceof Failed) {
                noteLastWant(name, Want.DOWN);
            }
        }
        for (ServiceEffect effect : transition.effects()) {
            orders.add(new Order(name, effect));
        }
        if (transition.next() instanceof Resting) {
            rests(name, situation, now);
        }
    }

    /// What equals would say; it is asked where only it can tell, because that of a record is made at its first call.
    private static boolean isOther(ServiceState next, ServiceState now) {
        return next.getClass() != now.getClass() || !next.equals(now);
    }

    /// One that is leaving is gone now, and where it or everything ends, its logger is needed no more; nor is the
    /// catch-all logger when it was the last to end. A directory may be ordered to be given back more than once.
    private void rests(ServiceName name, ServiceSituation service, Moment now) {
        if (service.leaving() && !services.isNeededStill(name)) {
            remove(name);
            forgotten.add(name);
        } else if (service.exiting() && !service.leaving() && !shuttingDown) {
            givenBack.add(name);
        }
        if ((shuttingDown || service.leaving()) && name.producer().isEmpty()) {
            take(name.logger(), new StopRequested(), now);
        }
        if (shuttingDown && !name.equals(CATCH_ALL_LOGGER) && isUnneeded(CATCH_ALL_LOGGER)) {
            take(CATCH_ALL_LOGGER, new StopRequested(), now);
        }
    }

    private boolean isUnneeded(ServiceName logger) {
        return services.contains(logger) && !services.isNeededStill(logger);
    }

    private void set(ServiceSituation situation) {
        before.add(new Before(situation.name(), services.find(situation.name())));
        services.put(situation);
    }

    private void remove(ServiceName name) {
        before.add(new Before(name, services.find(name)));
        services.remove(name);
    }
}
