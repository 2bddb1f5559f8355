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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /// After an error of our own in a step: the service is where the kernel says it is, up with the process that lives,
    /// about to be if one is being spawned, else failed.
    public ServiceSituation reconcile(ServiceName name, Optional<Pid> living, boolean isSpawning, Moment now) {
        ServiceSituation before = services.getOrDefault(name, new ServiceSituation(name, new Down(History.NONE), now));
        return moved(before, reconciled(before.state().history(), living, isSpawning, now), now);
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

    private FleetStep happened(ServiceName name, ServiceEvent event, Moment now) {
        Steps steps = new Steps();
        steps.take(name, event, now);
        return steps.toStep();
    }

    private FleetStep commanded(Command command, Moment now) {
        return switch (command) {
            case Start(Set<ServiceName> names) ->
                shuttingDown ? refused(new Answer.ShuttingDown()) : each(names, new StartRequested(), now);
            case Restart(Set<ServiceName> names) ->
                shuttingDown ? refused(new Answer.ShuttingDown()) : each(names, new RestartRequested(), now);
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
        List<ServiceName> idle = services.values().stream()
                .filter(service -> names.contains(service.name()) && !(service.state() instanceof Running))
                .map(ServiceSituation::name)
                .toList();
        boolean refuses = !idle.isEmpty() && unknownAmong(names).isEmpty();
        return refuses ? refused(new Answer.NotRunning(idle)) : each(names, event, now);
    }

    private static FleetStep refused(Answer answer) {
        return new FleetStep(answer, List.of(), List.of());
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
            if (!transition.next().equals(situation.state())) {
                before.add(situation);
                changed.add(moved(situation, transition.next(), now));
                stopIdleLogger(name, transition.next(), now);
            }
            for (ServiceEffect effect : transition.effects()) {
                orders.add(new Order(name, effect));
            }
        }

        /// While all is ending, a service that has come to rest needs its logger no more.
        private void stopIdleLogger(ServiceName name, ServiceState next, Moment now) {
            if (shuttingDown && next instanceof Resting && name.producer().isEmpty()) {
                take(name.logger(), new StopRequested(), now);
            }
        }

        private FleetStep toStep() {
            return new FleetStep(new Answer.Accepted(), changed, orders);
        }
    }
}
