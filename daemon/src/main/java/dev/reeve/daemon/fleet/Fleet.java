package dev.reeve.daemon.fleet;

import dev.reeve.daemon.fleet.Command.Reload;
import dev.reeve.daemon.fleet.Command.Restart;
import dev.reeve.daemon.fleet.Command.SendSignal;
import dev.reeve.daemon.fleet.Command.Shutdown;
import dev.reeve.daemon.fleet.Command.Start;
import dev.reeve.daemon.fleet.Command.Stop;
import dev.reeve.daemon.fleet.FleetEvent.Commanded;
import dev.reeve.daemon.fleet.FleetEvent.Found;
import dev.reeve.daemon.fleet.FleetEvent.Happened;
import dev.reeve.daemon.fleet.FleetEvent.Renamed;
import dev.reeve.daemon.fleet.FleetEvent.Vanished;
import dev.reeve.daemon.fleet.FleetStep.Order;
import dev.reeve.daemon.service.History;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.Run;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceEffect;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.ReloadRequested;
import dev.reeve.daemon.service.ServiceEvent.RestartRequested;
import dev.reeve.daemon.service.ServiceEvent.SignalRequested;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceMachine;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Resting;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.Up;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.Transition;
import dev.reeve.daemon.service.Want;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every service and where it is: the one value that all deciding reads and writes. Belongs to one thread.
public final class Fleet {
    private final ServiceMachine machine;
    private final TreeMap<ServiceName, ServiceSituation> services = new TreeMap<>();
    private boolean shuttingDown;

    public Fleet() {
        this(new ServiceMachine());
    }

    public Fleet(ServiceMachine machine) {
        this.machine = machine;
    }

    /// Takes the event into account and says what follows.
    public FleetStep step(FleetEvent event, Moment now) {
        return switch (event) {
            case Found found -> found(found, now);
            case Vanished(ServiceName name) -> vanished(name, now);
            case Renamed(Map<ServiceName, ServiceName> names) -> renamed(names);
            case Commanded(Command command) -> commanded(command, now);
            case Happened(ServiceName name, ServiceEvent happened) -> happened(name, happened, now);
        };
    }

    /// Every service, in the order of their names.
    public Collection<ServiceSituation> services() {
        return Collections.unmodifiableCollection(services.values());
    }

    public Optional<ServiceSituation> service(ServiceName name) {
        return Optional.ofNullable(services.get(name));
    }

    /// Those of the names that are no service, in their order.
    public List<ServiceName> unknownAmong(Collection<ServiceName> names) {
        return new TreeSet<>(names)
                .stream().filter(name -> !services.containsKey(name)).toList();
    }

    /// Whether everything was told to end and has: no process is left, and none will be.
    public boolean isShutDown() {
        return shuttingDown && services.values().stream().allMatch(service -> service.state() instanceof Resting);
    }

    public boolean isShuttingDown() {
        return shuttingDown;
    }

    /// After an error of our own in a step: the service, if there is one of this name, is where the kernel says it
    /// is, up with the process that lives, about to be if one is being spawned, else failed.
    public Optional<ServiceSituation> reconcile(
            ServiceName name, Optional<Pid> living, boolean isSpawning, Moment now) {
        return service(name)
                .map(before -> moved(before, reconciled(before.state().history(), living, isSpawning, now), now));
    }

    private static ServiceState reconciled(History history, Optional<Pid> living, boolean isSpawning, Moment now) {
        if (living.isPresent()) {
            return new Up(new Run(living.get(), RunSettings.DEFAULT, now, Optional.empty()), history);
        }
        return isSpawning ? new Spawning(Want.UP, history) : new Failed("internal error, told in the log", history);
    }

    private FleetStep found(Found found, Moment now) {
        Steps steps = new Steps();
        if (!services.containsKey(found.name())) {
            ServiceSituation situation = new ServiceSituation(found.name(), new Down(History.NONE), now);
            services.put(found.name(), situation);
            steps.changed.add(situation);
            if (!found.startsDown() && !shuttingDown) {
                steps.take(found.name(), new StartRequested(), now);
            }
        }
        return steps.toStep();
    }

    /// A logger leaves with its service, but after it.
    private FleetStep vanished(ServiceName name, Moment now) {
        Steps steps = new Steps();
        List<ServiceName> leaving =
                Stream.of(name, name.logger()).filter(services::containsKey).toList();
        leaving.forEach(steps::leave);
        leaving.stream().filter(it -> !isNeededStill(it)).forEach(it -> steps.take(it, new StopRequested(), now));
        return steps.toStep();
    }

    private FleetStep renamed(Map<ServiceName, ServiceName> names) {
        Steps steps = new Steps();
        names.forEach((from, to) -> {
            @Nullable ServiceSituation before = services.remove(from);
            if (before != null) {
                steps.changed.add(before.renamed(to));
            }
        });
        steps.changed.forEach(situation -> services.put(situation.name(), situation));
        names.keySet().stream().filter(from -> !services.containsKey(from)).forEach(steps.forgotten::add);
        return steps.toStep();
    }

    private FleetStep happened(ServiceName name, ServiceEvent event, Moment now) {
        Steps steps = new Steps();
        steps.take(name, event, now);
        return steps.toStep();
    }

    private FleetStep commanded(Command command, Moment now) {
        return switch (command) {
            case Start(Set<ServiceName> names) -> eachThatStays(names, new StartRequested(), now);
            case Restart(Set<ServiceName> names) -> eachThatStays(names, new RestartRequested(), now);
            case Stop(Set<ServiceName> names) -> each(names, new StopRequested(), now);
            case SendSignal(Set<ServiceName> names, Signal signal) ->
                eachRunning(names, new SignalRequested(signal), now);
            case Reload(Set<ServiceName> names) -> eachRunning(names, new ReloadRequested(), now);
            case Shutdown() -> {
                yield shutDown(now);
            }
        };
    }

    private FleetStep shutDown(Moment now) {
        boolean before = shuttingDown;
        shuttingDown = true;
        try {
            return stopAll(now);
        } catch (RuntimeException | Error e) {
            shuttingDown = before;
            throw e;
        }
    }

    /// A logger waits until its service has come to rest, so that it reads to the end.
    private FleetStep stopAll(Moment now) {
        Steps steps = new Steps();
        steps.allOrNone(() -> {
            for (ServiceName name : List.copyOf(services.keySet())) {
                if (!isNeededStill(name)) {
                    steps.take(name, new StopRequested(), now);
                }
            }
        });
        return steps.toStep();
    }

    /// Whether this is a logger, and its service runs.
    private boolean isNeededStill(ServiceName name) {
        return name.producer()
                .flatMap(this::service)
                .filter(producer -> !(producer.state() instanceof Resting))
                .isPresent();
    }

    /// Nothing starts that could not stay.
    private FleetStep eachThatStays(Set<ServiceName> names, ServiceEvent event, Moment now) {
        if (shuttingDown) {
            return refused(new Answer.ShuttingDown());
        }
        List<ServiceName> leaving = thoseOf(names, ServiceSituation::leaving);
        boolean refuses = !leaving.isEmpty() && unknownAmong(names).isEmpty();
        return refuses ? refused(new Answer.Leaving(leaving)) : each(names, event, now);
    }

    private FleetStep each(Set<ServiceName> names, ServiceEvent event, Moment now) {
        List<ServiceName> unknown = unknownAmong(names);
        if (!unknown.isEmpty()) {
            return refused(new Answer.UnknownServices(unknown));
        }
        Steps steps = new Steps();
        steps.allOrNone(() -> new TreeSet<>(names).forEach(name -> steps.take(name, event, now)));
        return steps.toStep();
    }

    /// Who signals a service that does not run is told so: to say yes and do nothing would be a lie.
    private FleetStep eachRunning(Set<ServiceName> names, ServiceEvent event, Moment now) {
        List<ServiceName> idle = thoseOf(names, service -> !(service.state() instanceof Running));
        boolean refuses = !idle.isEmpty() && unknownAmong(names).isEmpty();
        return refuses ? refused(new Answer.NotRunning(idle)) : each(names, event, now);
    }

    private List<ServiceName> thoseOf(Set<ServiceName> names, Predicate<ServiceSituation> are) {
        return new TreeSet<>(names)
                .stream()
                        .flatMap(name -> service(name).stream())
                        .filter(are)
                        .map(ServiceSituation::name)
                        .toList();
    }

    private static FleetStep refused(Answer answer) {
        return new FleetStep(answer, List.of(), List.of(), List.of());
    }

    private ServiceSituation moved(ServiceSituation before, ServiceState next, Moment now) {
        ServiceSituation after = before.moved(next, now);
        services.put(after.name(), after);
        return after;
    }

    /// Collects what follows from several events of one turn.
    private final class Steps {
        private final List<ServiceSituation> before = new ArrayList<>(1);
        private final List<ServiceSituation> changed = new ArrayList<>(1);
        private final List<Order> orders = new ArrayList<>(1);
        private final List<ServiceName> forgotten = new ArrayList<>(0);

        /// A command is done as a whole: if an error of our own interrupts it, every service is where it was.
        private void allOrNone(Runnable taking) {
            try {
                taking.run();
            } catch (RuntimeException | Error e) {
                before.reversed().forEach(situation -> services.put(situation.name(), situation));
                throw e;
            }
        }

        private void take(ServiceName name, ServiceEvent event, Moment now) {
            @Nullable ServiceSituation situation = services.get(name);
            if (situation == null) {
                return;
            }
            Transition transition = machine.on(situation.state(), event, now);
            before.add(situation);
            if (!transition.next().equals(situation.state())) {
                changed.add(moved(situation, transition.next(), now));
            }
            for (ServiceEffect effect : transition.effects()) {
                orders.add(new Order(name, effect));
            }
            if (transition.next() instanceof Resting) {
                rests(name, situation, now);
            }
        }

        private void leave(ServiceName name) {
            @Nullable ServiceSituation before = services.get(name);
            if (before != null && !before.leaving()) {
                services.put(name, before.left());
                changed.add(before.left());
            }
        }

        /// One that is leaving is gone now, and where it or everything ends, its logger is needed no more.
        private void rests(ServiceName name, ServiceSituation service, Moment now) {
            if (service.leaving() && !isNeededStill(name)) {
                services.remove(name);
                forgotten.add(name);
            }
            if ((shuttingDown || service.leaving()) && name.producer().isEmpty()) {
                take(name.logger(), new StopRequested(), now);
            }
        }

        private FleetStep toStep() {
            return new FleetStep(new Answer.Accepted(), changed, orders, forgotten);
        }
    }
}
