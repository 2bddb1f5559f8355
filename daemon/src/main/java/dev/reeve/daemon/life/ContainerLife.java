package dev.reeve.daemon.life;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.life.LifeEffect.EndLoop;
import dev.reeve.daemon.life.LifeEffect.KillEverything;
import dev.reeve.daemon.life.LifeEffect.StopEverything;
import dev.reeve.daemon.life.LifeEffect.Tell;
import dev.reeve.daemon.life.LifeEffect.Warn;
import dev.reeve.daemon.life.LifeEvent.DeadlinePassed;
import dev.reeve.daemon.life.LifeEvent.EndCancelled;
import dev.reeve.daemon.life.LifeEvent.EndRequested;
import dev.reeve.daemon.life.LifeEvent.ServiceChanged;
import dev.reeve.daemon.life.LifeEvent.ServicesFound;
import dev.reeve.daemon.life.LifeEvent.ShutdownBegan;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Failed;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// The life of a container. It ends with the one service that it is there for, its exit code is that one's, and
/// everything else then has a grace to end in; where no service is named, it ends with the first that is given up.
public final class ContainerLife implements Life {
    private static final int EXIT_DONE = 0;
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 100;
    private static final int EXIT_CANNOT_EXECUTE = 126;
    private static final int EXIT_SIGNALLED = 128;
    private static final int EXIT_KILLED = 137;

    /// What was killed has gone by then, unless it waits for a disk, and its `finish` has had a moment.
    private static final Duration UNTIL_KILLED_ARE_GONE = Duration.ofSeconds(1);

    private enum Phase {
        RUNNING,
        STOPPING,
        KILLING
    }

    private final Optional<ServiceName> command;
    private final Optional<ServiceName> deciding;
    private final Duration grace;
    private Phase phase = Phase.RUNNING;
    private Moment deadline = Moment.NEVER;
    private OptionalInt exitCode = OptionalInt.empty();

    /// `command` is the service that executes the container's command, if it has one; `exitWith` another one whose end
    /// is the container's.
    public ContainerLife(Optional<ServiceName> command, Optional<ServiceName> exitWith, Duration grace) {
        this.command = command;
        this.deciding = exitWith.or(() -> command);
        this.grace = grace;
    }

    /// With which the container ends, once it has.
    public int exitCode() {
        return exitCode.orElse(EXIT_DONE);
    }

    @Override
    public LifeStep on(LifeEvent event, Collection<ServiceSituation> services, Moment now) {
        return switch (event) {
            case ServiceChanged(ServiceSituation service) -> changed(service, now);
            case ServicesFound() -> requireDeciding(services, now);
            case EndRequested(EndOrder order) ->
                order.isForNow() ? end("the container is told to end", now) : LifeStep.refused(DaemonLife.NOT_LATER);
            case EndCancelled() -> LifeStep.refused(DaemonLife.NOT_LATER);
            case ShutdownBegan() -> {
                beginGrace(now);
                yield LifeStep.NOTHING;
            }
            case DeadlinePassed() -> passed(services, now);
        };
    }

    @Override
    public Moment deadline() {
        return deadline;
    }

    private LifeStep requireDeciding(Collection<ServiceSituation> services, Moment now) {
        if (deciding.isEmpty() || services.stream().anyMatch(it -> it.name().equals(deciding.get()))) {
            return LifeStep.NOTHING;
        }
        exitCode = OptionalInt.of(EXIT_USAGE);
        beginGrace(now);
        return LifeStep.of(
                new Warn("there is no service " + deciding.get() + ", with which the container is to end"),
                new StopEverything());
    }

    private LifeStep changed(ServiceSituation service, Moment now) {
        ServiceName name = service.name();
        ServiceState state = service.state();
        if (deciding.isEmpty()) {
            return state instanceof Failed ? failed(service, now) : LifeStep.NOTHING;
        }
        if (!name.equals(deciding.get())) {
            return LifeStep.NOTHING;
        }
        Optional<ExitStatus> exit = state.history().lastExit();
        exit.ifPresent(it -> exitCode = OptionalInt.of(codeOf(it)));
        if (state.isAtRest() && exit.isPresent()) {
            return end("service " + name + " has ended (" + exit.get() + "), and the container with it", now);
        }
        if (command.filter(name::equals).isPresent() && state instanceof BackingOff backingOff) {
            if (backingOff.problem().isPresent()) {
                exitCode = OptionalInt.of(EXIT_CANNOT_EXECUTE);
                return end("service " + name + " cannot be started, so the container ends", now);
            }
        }
        return LifeStep.NOTHING;
    }

    private LifeStep failed(ServiceSituation service, Moment now) {
        if (exitCode.isEmpty()) {
            int code = service.state()
                    .history()
                    .lastExit()
                    .map(ContainerLife::codeOf)
                    .orElse(EXIT_FAILED);
            exitCode = OptionalInt.of(code == EXIT_DONE ? EXIT_FAILED : code);
        }
        return end("service " + service.name() + " has failed, and the container with it", now);
    }

    private LifeStep end(String reason, Moment now) {
        if (phase != Phase.RUNNING) {
            return LifeStep.NOTHING;
        }
        beginGrace(now);
        return LifeStep.of(new Tell(reason), new StopEverything());
    }

    private void beginGrace(Moment now) {
        if (phase == Phase.RUNNING) {
            phase = Phase.STOPPING;
            deadline = now.plus(grace);
        }
    }

    private LifeStep passed(Collection<ServiceSituation> services, Moment now) {
        return switch (phase) {
            case RUNNING -> LifeStep.NOTHING;
            case STOPPING -> {
                phase = Phase.KILLING;
                deadline = now.plus(UNTIL_KILLED_ARE_GONE);
                yield LifeStep.of(
                        new Warn("the grace of " + grace.toMillis() + " ms is over: " + thoseLeft(services)
                                + " is killed"),
                        new KillEverything());
            }
            case KILLING -> {
                deadline = Moment.NEVER;
                if (services.stream()
                        .anyMatch(it -> isDeciding(it) && it.state().pid().isPresent())) {
                    exitCode = OptionalInt.of(EXIT_KILLED);
                }
                yield LifeStep.of(
                        new Warn("the container ends, though this has not: " + thoseLeft(services)), new EndLoop());
            }
        };
    }

    private boolean isDeciding(ServiceSituation service) {
        return deciding.filter(service.name()::equals).isPresent();
    }

    private static String thoseLeft(Collection<ServiceSituation> services) {
        return services.stream()
                .filter(it -> !it.state().isAtRest())
                .map(it -> it.name().text())
                .collect(Collectors.joining(", "));
    }

    private static int codeOf(ExitStatus exit) {
        return switch (exit) {
            case Exited(int code) -> code;
            case Killed(var signal) -> EXIT_SIGNALLED + signal.number();
        };
    }
}
