package dev.reeve.daemon.simulation;

import static dev.reeve.daemon.simulation.FleetInvariants.require;

import dev.reeve.daemon.fleet.Answer;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.Letter;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.reactor.Fact.CommandArrived;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.CountingMachine;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.GroupSignalRequested;
import dev.reeve.daemon.service.ServiceEvent.NotAgainRequested;
import dev.reeve.daemon.service.ServiceEvent.OnceRequested;
import dev.reeve.daemon.service.ServiceEvent.ReloadRequested;
import dev.reeve.daemon.service.ServiceEvent.RestartRequested;
import dev.reeve.daemon.service.ServiceEvent.SignalRequested;
import dev.reeve.daemon.service.ServiceEvent.Signalling;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.ServiceState.Starting;
import dev.reeve.daemon.service.ServiceState.Up;
import dev.reeve.daemon.service.Signal;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Someone who commands now this and now that, and at times likes best what was not tried yet.
final class Operator {
    private static final List<ServiceEvent> WISHES = List.of(
            new StartRequested(),
            new StopRequested(),
            new OnceRequested(),
            new NotAgainRequested(),
            new RestartRequested(),
            new ReloadRequested(),
            new GroupSignalRequested(Signal.CONT),
            new SignalRequested(Signal.HUP),
            new SignalRequested(Signal.CONT),
            new SignalRequested(Signal.KILL));
    private static final List<List<Letter>> LETTERS = Stream.of(
                    "x", "dx", "xd", "D", "U", "Q", "o", "Or", "DU", "kx", "UD", "lllllk", "lllllk", "lllt")
            .map(Letter::in)
            .toList();
    private static final Set<Letter> STARTING = Set.of(Letter.UP, Letter.UP_FOR_GOOD, Letter.ONCE);
    private static final int IDEAS = 12;

    private final VirtualTime time;
    private final Weather weather;
    private final Fleet fleet;
    private final Inbox inbox;
    private final CountingMachine machine;

    Operator(VirtualTime time, Weather weather, Fleet fleet, Inbox inbox, CountingMachine machine) {
        this.time = time;
        this.weather = weather;
        this.fleet = fleet;
        this.inbox = inbox;
        this.machine = machine;
    }

    private record Idea(ServiceSituation service, ServiceEvent wish) {
        /// A signal to what does not run is refused, and reaches no service.
        boolean isSensible() {
            return !(wish instanceof Signalling) || service.state() instanceof Running;
        }
    }

    void commandAgainAndAgain() {
        if (!fleet.services().isEmpty()) {
            command();
        }
        time.after(weather.between(Duration.ofMillis(1), Duration.ofSeconds(3)), this::commandAgainAndAgain);
    }

    void shutDown() {
        inbox.add(new CommandArrived(
                new Command.Shutdown(),
                answer -> require(answer instanceof Answer.Accepted, () -> "refused: " + answer)));
    }

    private void command() {
        List<ServiceSituation> services = List.copyOf(fleet.services());
        Idea idea = weather.chance(weather.curiosity) ? rarest(services) : usual(services);
        Set<ServiceName> names = new HashSet<>(Set.of(idea.service().name()));
        while (weather.chance(0.1)) {
            names.add(weather.oneOf(services).name());
        }
        if (weather.chance(0.02)) {
            names.add(new ServiceName("nobody"));
        }
        Command command = weather.chance(0.1)
                ? new Command.Letters(names, weather.oneOf(LETTERS))
                : commandFor(idea.wish(), names);
        inbox.add(new CommandArrived(command, answer -> checkAnswer(command, names, answer)));
    }

    /// What is up is restarted; if nothing is, something is to be.
    private Idea usual(List<ServiceSituation> services) {
        List<ServiceSituation> up = services.stream()
                .filter(service -> service.state() instanceof Up || service.state() instanceof Starting)
                .toList();
        return up.isEmpty()
                ? new Idea(weather.oneOf(services), new StartRequested())
                : new Idea(weather.oneOf(up), new RestartRequested());
    }

    /// Of a few ideas, the one that was had least often.
    private Idea rarest(List<ServiceSituation> services) {
        return Stream.generate(() -> new Idea(weather.oneOf(services), weather.oneOf(WISHES)))
                .filter(idea -> idea.isSensible() || weather.chance(0.02))
                .limit(IDEAS)
                .min(Comparator.comparingInt(
                        idea -> machine.count(idea.service().state(), idea.wish())))
                .orElseThrow();
    }

    private static Command commandFor(ServiceEvent wish, Set<ServiceName> names) {
        return switch (wish) {
            case StartRequested() -> new Command.Start(names);
            case StopRequested() -> new Command.Stop(names);
            case OnceRequested() -> new Command.StartOnce(names);
            case NotAgainRequested() -> new Command.Letters(names, List.of(Letter.NOT_AGAIN));
            case GroupSignalRequested(Signal _) -> new Command.Letters(names, List.of(Letter.CONTINUE_GROUP));
            case RestartRequested() -> new Command.Restart(names);
            case ReloadRequested() -> new Command.Reload(names);
            case SignalRequested(Signal signal) -> new Command.SendSignal(names, signal);
            default -> throw new AssertionError("nobody commands " + wish);
        };
    }

    private void checkAnswer(Command command, Set<ServiceName> names, Answer answer) {
        Answer right = rightAnswer(command, names);
        require(answer.equals(right), () -> command + " is answered by " + answer + " for " + right);
    }

    private Answer rightAnswer(Command command, Set<ServiceName> names) {
        boolean starts = starts(command);
        if (starts && fleet.isShuttingDown()) {
            return new Answer.ShuttingDown();
        }
        List<ServiceName> unknown = fleet.unknownAmong(names);
        if (!unknown.isEmpty()) {
            return new Answer.UnknownServices(unknown);
        }
        List<ServiceName> leaving = among(names, ServiceSituation::leaving);
        if (starts && !leaving.isEmpty()) {
            return new Answer.Leaving(leaving);
        }
        List<ServiceName> exiting = among(names, ServiceSituation::exiting);
        if (starts && !(command instanceof Command.Letters) && !exiting.isEmpty()) {
            return new Answer.Exiting(exiting);
        }
        // A signal moves no service, so where they are now is where they were when it was commanded.
        List<ServiceName> idle = among(signalled(command), service -> !(service.state() instanceof Running));
        return idle.isEmpty() ? new Answer.Accepted() : new Answer.NotRunning(idle);
    }

    private static boolean starts(Command command) {
        return switch (command) {
            case Command.Start _, Command.StartOnce _, Command.Restart _ -> true;
            case Command.Letters(Set<ServiceName> _, List<Letter> letters) ->
                letters.stream().anyMatch(STARTING::contains);
            case Command.Stop _, Command.SendSignal _, Command.Reload _, Command.Shutdown _ -> false;
        };
    }

    private static Set<ServiceName> signalled(Command command) {
        return switch (command) {
            case Command.Reload(Set<ServiceName> names) -> names;
            case Command.SendSignal(Set<ServiceName> names, Signal _) -> names;
            default -> Set.of();
        };
    }

    private List<ServiceName> among(Set<ServiceName> names, Predicate<ServiceSituation> are) {
        return fleet.services().stream()
                .filter(service -> names.contains(service.name()) && are.test(service))
                .map(ServiceSituation::name)
                .toList();
    }
}
