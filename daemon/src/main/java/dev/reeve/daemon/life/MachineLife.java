package dev.reeve.daemon.life;

import static dev.reeve.daemon.service.ServiceName.CATCH_ALL_LOGGER;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.life.EndOrder.How;
import dev.reeve.daemon.life.LifeEffect.EndLoop;
import dev.reeve.daemon.life.LifeEffect.StartService;
import dev.reeve.daemon.life.LifeEffect.StopEverything;
import dev.reeve.daemon.life.LifeEffect.StopService;
import dev.reeve.daemon.life.LifeEffect.Tell;
import dev.reeve.daemon.life.LifeEffect.Warn;
import dev.reeve.daemon.life.LifeEvent.DeadlinePassed;
import dev.reeve.daemon.life.LifeEvent.EndCancelled;
import dev.reeve.daemon.life.LifeEvent.EndRequested;
import dev.reeve.daemon.life.LifeEvent.ServiceChanged;
import dev.reeve.daemon.life.LifeEvent.ServicesFound;
import dev.reeve.daemon.life.LifeEvent.ShutdownBegan;
import dev.reeve.daemon.life.MachineState.AwaitingServices;
import dev.reeve.daemon.life.MachineState.Ending;
import dev.reeve.daemon.life.MachineState.Initializing;
import dev.reeve.daemon.life.MachineState.Over;
import dev.reeve.daemon.life.MachineState.ShuttingDown;
import dev.reeve.daemon.life.MachineState.StoppingServices;
import dev.reeve.daemon.life.MachineState.Up;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Stopping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The life of a machine whose init this daemon is: `rc.init` once the services are known, `rc.shutdown` when
/// someone wants an end, then the end of every service, loggers last. Each step of the end has a limit, so that
/// nothing can keep the machine from it. What comes after the loop is another's.
public final class MachineLife implements Life {

    /// The services that are the machine's scripts. Nobody but this life starts them.
    public static final ServiceName INIT = new ServiceName("rc.init");

    public static final ServiceName SHUTDOWN = new ServiceName("rc.shutdown");

    static final Duration SHUTDOWN_SCRIPT_MAX = Duration.ofMinutes(1);
    static final Duration STOPPING_USUAL = Duration.ofSeconds(10);
    static final Duration STOPPING_MAX = Duration.ofMinutes(5);

    /// The catch-all logger reads to the end of what everybody says, which may be someone who is no service, and ends
    /// with all processes: the end of those is waited for, too, but not here.
    static final Duration LAST_LOGGER_MAX = Duration.ofMillis(500);

    /// A service that was killed has its `finish` still to run.
    private static final Duration AFTER_A_KILL = Duration.ofSeconds(1);

    private static final String SAY_HOW =
            "this reeved is the machine's init, so it does not just end: use reeve poweroff, reboot or halt";

    private MachineState state = new AwaitingServices();
    private Optional<EndOrder> later = Optional.empty();
    private Moment laterAt = Moment.NEVER;

    /// What comes after the loop. An end that nobody has ordered here, but `s6-svscanctl` has, is a reboot, as of
    /// s6-linux-init.
    public EndOrder end() {
        return state instanceof Ending ending ? ending.order() : new EndOrder(How.REBOOT);
    }

    MachineState state() {
        return state;
    }

    @Override
    public Moment deadline() {
        return laterAt.isBefore(state.deadline()) ? laterAt : state.deadline();
    }

    @Override
    public LifeStep on(LifeEvent event, Collection<ServiceSituation> services, Moment now) {
        return switch (event) {
            case ServicesFound() -> found(services);
            case ServiceChanged(ServiceSituation service) -> changed(service, services, now);
            case EndRequested(EndOrder order) -> order.isForNow() ? end(order, services, now) : endLater(order, now);
            case EndCancelled() -> cancel();
            case ShutdownBegan() -> shutdownBegan(now);
            case DeadlinePassed() -> passed(services, now);
        };
    }

    private LifeStep found(Collection<ServiceSituation> services) {
        if (!(state instanceof AwaitingServices)) {
            return LifeStep.NOTHING;
        }
        if (isKnown(INIT, services)) {
            state = new Initializing();
            return LifeStep.of(new StartService(INIT));
        }
        state = new Up();
        return LifeStep.of(new Warn("there is no service " + INIT + ", so nothing but services is started"));
    }

    private LifeStep changed(ServiceSituation service, Collection<ServiceSituation> services, Moment now) {
        if (state instanceof StoppingServices stopping && isOnlyCatchAllLoggerLeft(services)) {
            Moment soon = now.plus(LAST_LOGGER_MAX);
            state = soon.isBefore(stopping.deadline())
                    ? new StoppingServices(stopping.order(), stopping.since(), soon)
                    : stopping;
        }
        if (service.name().equals(INIT) && state instanceof Initializing) {
            return initChanged(service);
        }
        if (service.name().equals(SHUTDOWN) && state instanceof ShuttingDown(EndOrder order, Moment _)) {
            return shutdownChanged(service, order, now);
        }
        return LifeStep.NOTHING;
    }

    /// A machine whose initialization has failed stays up: whoever logs in can see what there is, and put it right.
    private LifeStep initChanged(ServiceSituation service) {
        Optional<ExitStatus> exit = endOf(service);
        if (exit.isEmpty()) {
            return LifeStep.NOTHING;
        }
        state = new Up();
        return exit.get().equals(new ExitStatus.Exited(0))
                ? LifeStep.of(new Tell(INIT + " is done"))
                : LifeStep.of(new Warn(INIT + " has failed (" + exit.get()
                        + "): the machine stays up as it is; see reeve log, and reeve start " + INIT
                        + " to run it again"));
    }

    private LifeStep shutdownChanged(ServiceSituation service, EndOrder order, Moment now) {
        Optional<ExitStatus> exit = endOf(service);
        if (exit.isPresent()) {
            return exit.get().equals(new ExitStatus.Exited(0))
                    ? stopServices(order, now)
                    : stopServices(order, now, new Warn(SHUTDOWN + " has failed (" + exit.get() + ")"));
        }
        if (service.state() instanceof BackingOff backingOff
                && backingOff.problem().isPresent()) {
            return stopServices(order, now, new Warn(SHUTDOWN + " cannot be started"));
        }
        return LifeStep.NOTHING;
    }

    private LifeStep end(EndOrder order, Collection<ServiceSituation> services, Moment now) {
        if (order.how() == How.EXIT) {
            return LifeStep.refused(SAY_HOW);
        }
        forgetLater();
        if (state instanceof Ending ending) {
            state = ending.with(order);
            return LifeStep.of(
                    new Tell("the end that is under way is to " + order.how().words()));
        }
        Tell telling = new Tell("the machine is to " + order.how().words());
        if (!isKnown(SHUTDOWN, services)) {
            return stopServices(order, now, telling);
        }
        state = new ShuttingDown(order, now.plus(SHUTDOWN_SCRIPT_MAX));
        return services.stream()
                        .anyMatch(it -> it.name().equals(INIT) && !it.state().isAtRest())
                ? LifeStep.of(telling, new StopService(INIT), new StartService(SHUTDOWN))
                : LifeStep.of(telling, new StartService(SHUTDOWN));
    }

    private LifeStep endLater(EndOrder order, Moment now) {
        if (order.how() == How.EXIT) {
            return LifeStep.refused(SAY_HOW);
        }
        if (state instanceof Ending) {
            return LifeStep.refused("the machine is on its way to its end already, and cannot wait");
        }
        later = Optional.of(order.due());
        laterAt = now.plus(order.after());
        return LifeStep.of(new Tell("the machine is to " + order.how().words() + " in "
                + order.after().toSeconds() + " seconds; reeve shutdown -c cancels it"));
    }

    private LifeStep cancel() {
        if (later.isEmpty()) {
            return LifeStep.refused(
                    state instanceof Ending
                            ? "the machine is on its way to its end already, which cannot be cancelled"
                            : "there is no shutdown to cancel");
        }
        forgetLater();
        return LifeStep.of(new Tell("the shutdown that was to come is cancelled"));
    }

    private void forgetLater() {
        later = Optional.empty();
        laterAt = Moment.NEVER;
    }

    private LifeStep shutdownBegan(Moment now) {
        if (!(state instanceof StoppingServices || state instanceof Over)) {
            forgetLater();
            state = new StoppingServices(end(), now, now.plus(STOPPING_USUAL));
        }
        return LifeStep.NOTHING;
    }

    private LifeStep stopServices(EndOrder order, Moment now, LifeEffect... before) {
        state = new StoppingServices(order, now, now.plus(STOPPING_USUAL));
        List<LifeEffect> effects = new ArrayList<>(List.of(before));
        effects.add(new StopEverything());
        return new LifeStep(Optional.empty(), effects);
    }

    private LifeStep passed(Collection<ServiceSituation> services, Moment now) {
        if (later.isPresent() && laterAt.compareTo(now) <= 0) {
            return end(later.get(), services, now);
        }
        return switch (state) {
            case AwaitingServices _, Initializing _, Up _, Over _ -> LifeStep.NOTHING;
            case ShuttingDown(EndOrder order, Moment _) ->
                stopServices(
                        order,
                        now,
                        new Warn(SHUTDOWN + " has not ended within " + SHUTDOWN_SCRIPT_MAX.toSeconds()
                                + " seconds: services are stopped without it"));
            case StoppingServices stopping -> stillStopping(stopping, services, now);
        };
    }

    /// A service whose `timeout-kill` is longer than the usual limit has its time, but no machine waits for ever.
    private LifeStep stillStopping(StoppingServices stopping, Collection<ServiceSituation> services, Moment now) {
        Moment most = stopping.since().plus(STOPPING_MAX);
        if (isOnlyCatchAllLoggerLeft(services)) {
            state = new Over(stopping.order());
            return LifeStep.of(new Tell(CATCH_ALL_LOGGER + " reads on what those say who are left"), new EndLoop());
        }
        Optional<Moment> lastKill = services.stream()
                .flatMap(service -> killOf(service).stream())
                .max(Moment::compareTo)
                .map(kill -> kill.plus(AFTER_A_KILL))
                .map(kill -> most.isBefore(kill) ? most : kill)
                .filter(now::isBefore);
        if (lastKill.isPresent()) {
            state = new StoppingServices(stopping.order(), stopping.since(), lastKill.get());
            return LifeStep.NOTHING;
        }
        state = new Over(stopping.order());
        return LifeStep.of(
                new Warn("these services have not ended, and are left to the signals to all processes: "
                        + services.stream()
                                .filter(it -> !it.state().isAtRest())
                                .map(it -> it.name().text())
                                .collect(Collectors.joining(", "))),
                new EndLoop());
    }

    private static boolean isOnlyCatchAllLoggerLeft(Collection<ServiceSituation> services) {
        List<ServiceName> left = services.stream()
                .filter(it -> !it.state().isAtRest())
                .map(ServiceSituation::name)
                .toList();
        return left.equals(List.of(CATCH_ALL_LOGGER));
    }

    private static Optional<Moment> killOf(ServiceSituation service) {
        return service.state() instanceof Stopping stopping
                        && !stopping.deadline().equals(Moment.NEVER)
                ? Optional.of(stopping.deadline())
                : Optional.empty();
    }

    /// How its `run` has ended, once it has for good.
    private static Optional<ExitStatus> endOf(ServiceSituation service) {
        return service.state().isAtRest() ? service.state().history().lastExit() : Optional.empty();
    }

    private static boolean isKnown(ServiceName name, Collection<ServiceSituation> services) {
        return services.stream().anyMatch(it -> it.name().equals(name));
    }
}
