package dev.reeve.daemon.fleet;

import dev.reeve.daemon.fleet.Command.Letters;
import dev.reeve.daemon.fleet.Command.Reload;
import dev.reeve.daemon.fleet.Command.Restart;
import dev.reeve.daemon.fleet.Command.SendSignal;
import dev.reeve.daemon.fleet.Command.Shutdown;
import dev.reeve.daemon.fleet.Command.Start;
import dev.reeve.daemon.fleet.Command.StartOnce;
import dev.reeve.daemon.fleet.Command.Stop;
import dev.reeve.daemon.fleet.FleetEvent.Commanded;
import dev.reeve.daemon.fleet.FleetEvent.Found;
import dev.reeve.daemon.fleet.FleetEvent.Happened;
import dev.reeve.daemon.fleet.FleetEvent.Renamed;
import dev.reeve.daemon.fleet.FleetEvent.Retaken;
import dev.reeve.daemon.fleet.FleetEvent.Vanished;
import dev.reeve.daemon.service.Evidence;
import dev.reeve.daemon.service.History;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Reconciliation;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.OnceRequested;
import dev.reeve.daemon.service.ServiceEvent.ReloadRequested;
import dev.reeve.daemon.service.ServiceEvent.RestartRequested;
import dev.reeve.daemon.service.ServiceEvent.SignalRequested;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceMachine;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState.AskedToStop;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Resting;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every service and where it is: the one value that all deciding reads and writes. Belongs to one thread.
public final class Fleet {
    private final ServiceMachine machine;
    private final Roster services = new Roster();
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
            case Vanished(ServiceName name, boolean loggerToo) -> vanished(name, loggerToo, now);
            case Retaken retaken -> retaken(retaken, now);
            case Renamed(Map<ServiceName, ServiceName> names) -> renamed(names);
            case Commanded(Command command) -> commanded(command, now);
            case Happened(ServiceName name, ServiceEvent happened) -> happened(name, happened, now);
        };
    }

    /// Every service, in the order of their names.
    public Collection<ServiceSituation> services() {
        return services.all();
    }

    public Optional<ServiceSituation> service(ServiceName name) {
        return Optional.ofNullable(services.find(name));
    }

    /// Those of the names that are no service, in their order.
    public List<ServiceName> unknownAmong(Collection<ServiceName> names) {
        List<ServiceName> unknown = new ArrayList<>();
        for (ServiceName name : names) {
            if (!services.contains(name)) {
                unknown.add(name);
            }
        }
        unknown.sort(Comparator.naturalOrder());
        return unknown;
    }

    /// Whether everything was told to end and has: no process is left, and none will be.
    public boolean isShutDown() {
        return shuttingDown && services.all().stream().allMatch(service -> service.state() instanceof Resting);
    }

    public boolean isShuttingDown() {
        return shuttingDown;
    }

    /// Whether a process is to be told to end, and how is being read.
    public boolean isAboutToSignal() {
        return services.all().stream().anyMatch(service -> service.state() instanceof AskedToStop);
    }

    /// After an error of our own: where the service, if there is one of this name, is now by the evidence.
    public Optional<ServiceSituation> reconcile(ServiceName name, Evidence evidence, Moment now) {
        Optional<ServiceSituation> reconciled = service(name)
                .map(before -> before.moved(Reconciliation.reconciled(before.state(), evidence, now), now));
        reconciled.ifPresent(services::put);
        return reconciled;
    }

    private FleetStep found(Found found, Moment now) {
        Steps steps = newSteps();
        return steps.allOrNone(() -> {
            if (services.contains(found.name())) {
                return;
            }
            begin(steps, found.name(), found.startsDown(), now);
        });
    }

    /// What went before is forgotten.
    private FleetStep retaken(Retaken retaken, Moment now) {
        Steps steps = newSteps();
        return steps.allOrNone(() -> {
            @Nullable ServiceSituation before = services.find(retaken.name());
            if (before != null && before.exiting() && !before.leaving()) {
                begin(steps, retaken.name(), retaken.startsDown(), now);
            }
        });
    }

    private void begin(Steps steps, ServiceName name, boolean startsDown, Moment now) {
        steps.begin(new ServiceSituation(name, new Down(History.NONE), now), !startsDown && !shuttingDown, now);
    }

    /// A logger leaves with its service, but after it, unless it is to end at once.
    private FleetStep vanished(ServiceName name, boolean loggerToo, Moment now) {
        Steps steps = newSteps();
        return steps.allOrNone(() -> {
            List<ServiceName> leaving =
                    Stream.of(name, name.logger()).filter(services::contains).toList();
            leaving.forEach(steps::leave);
            leaving.stream()
                    .filter(it -> loggerToo || !services.isNeededStill(it))
                    .forEach(it -> steps.take(it, new StopRequested(), now));
        });
    }

    private FleetStep renamed(Map<ServiceName, ServiceName> names) {
        Steps steps = newSteps();
        return steps.allOrNone(() -> steps.rename(names));
    }

    private FleetStep happened(ServiceName name, ServiceEvent event, Moment now) {
        Steps steps = newSteps();
        return steps.allOrNone(() -> steps.take(name, event, now));
    }

    private FleetStep commanded(Command command, Moment now) {
        return switch (command) {
            case Start(Set<ServiceName> names) -> eachThatStays(names, new StartRequested(), now);
            case StartOnce(Set<ServiceName> names) -> eachThatStays(names, new OnceRequested(), now);
            case Restart(Set<ServiceName> names) -> eachThatStays(names, new RestartRequested(), now);
            case Stop(Set<ServiceName> names) -> letters(names, List.of(Letter.DOWN), now);
            case SendSignal(Set<ServiceName> names, Signal signal) ->
                eachRunning(names, new SignalRequested(signal), now);
            case Reload(Set<ServiceName> names) -> eachRunning(names, new ReloadRequested(), now);
            case Letters(Set<ServiceName> names, List<Letter> letters) -> letters(names, letters, now);
            case Shutdown(boolean loggersToo) -> shutDown(loggersToo, now);
        };
    }

    private FleetStep shutDown(boolean loggersToo, Moment now) {
        boolean before = shuttingDown;
        shuttingDown = true;
        try {
            return stopAll(loggersToo, now);
        } catch (RuntimeException | Error e) {
            shuttingDown = before;
            throw e;
        }
    }

    /// A logger waits until its service has come to rest, so that it reads to the end, unless it is told not to.
    private FleetStep stopAll(boolean loggersToo, Moment now) {
        Steps steps = newSteps();
        return steps.allOrNone(() -> {
            for (ServiceName name : services.names()) {
                if (loggersToo || !services.isNeededStill(name)) {
                    steps.take(name, new StopRequested(), now);
                }
            }
        });
    }

    private FleetStep letters(Set<ServiceName> names, List<Letter> letters, Moment now) {
        BiConsumer<Steps, ServiceName> doing =
                (steps, name) -> letters.forEach(letter -> steps.take(name, letter, now));
        if (letters.stream().noneMatch(Letter::starts)) {
            return each(names, doing);
        }
        return refusal(names, false).orElseGet(() -> each(names, doing));
    }

    private FleetStep eachThatStays(Set<ServiceName> names, ServiceEvent event, Moment now) {
        return refusal(names, true).orElseGet(() -> each(names, event, now));
    }

    /// Nothing starts that could not stay. A letter of s6-svc is passed over by a service that is exiting; whoever asks
    /// otherwise is told so.
    private Optional<FleetStep> refusal(Set<ServiceName> names, boolean ofExiting) {
        if (shuttingDown) {
            return Optional.of(refused(new Answer.ShuttingDown()));
        }
        List<ServiceName> leaving = thoseOf(names, ServiceSituation::leaving);
        List<ServiceName> exiting = ofExiting ? thoseOf(names, ServiceSituation::exiting) : List.of();
        if ((leaving.isEmpty() && exiting.isEmpty()) || !unknownAmong(names).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(refused(leaving.isEmpty() ? new Answer.Exiting(exiting) : new Answer.Leaving(leaving)));
    }

    private FleetStep each(Set<ServiceName> names, ServiceEvent event, Moment now) {
        return each(names, (steps, name) -> steps.take(name, event, now));
    }

    private FleetStep each(Set<ServiceName> names, BiConsumer<Steps, ServiceName> doing) {
        List<ServiceName> unknown = unknownAmong(names);
        if (!unknown.isEmpty()) {
            return refused(new Answer.UnknownServices(unknown));
        }
        Steps steps = newSteps();
        return steps.allOrNone(() -> new TreeSet<>(names).forEach(name -> doing.accept(steps, name)));
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

    private Steps newSteps() {
        return new Steps(machine, services, shuttingDown);
    }
}
