package dev.reeve.daemon.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.daemon.fleet.Answer;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.process.NotifySockets;
import dev.reeve.daemon.process.Processes;
import dev.reeve.daemon.process.ScanSettings;
import dev.reeve.daemon.process.SpawnSupplies;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.reactor.Fact.CommandArrived;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.reactor.LoopStatistics;
import dev.reeve.daemon.reactor.Reactor;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceMachine;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.AskedToStop;
import dev.reeve.daemon.service.ServiceState.Up;
import dev.reeve.daemon.service.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// An error of our own costs the step that it happens in: who commanded is answered, and the loop goes on.
class BrokenStepSimulationTest {
    private static final ServiceName WEB = new ServiceName("web");
    private static final List<Error> ERRORS = List.of(new OutOfMemoryError("as if"), new AssertionError("as if"));

    private final VirtualTime time = new VirtualTime();
    private final Weather weather = Weather.calm(1);
    private final SimulatedKernel kernel = new SimulatedKernel(time, weather);
    private final SimulatedLoop loop = new SimulatedLoop(time, kernel, weather);
    private final Inbox inbox = new Inbox();
    private final Fleet fleet = new Fleet(new BreakableMachine());
    private final List<String> bugs = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private List<Error> errors = List.of();
    private final Processes processes = processes();
    private final Reactor reactor = reactorWithOneServiceUp();
    private boolean watcherBreaks;

    @Test
    void whoCommandedIsToldThatNothingWasDone() {
        errors = new ArrayList<>(ERRORS);
        stopAndTurn();
        stopAndTurn();

        assertEquals(List.of(new Answer.NotDone(), new Answer.NotDone()), answers);
        assertInstanceOf(Up.class, state());
        assertEquals(2, bugs.size(), bugs::toString);

        stopAndTurn();
        assertEquals(new Answer.Accepted(), answers.getLast());
        assertInstanceOf(AskedToStop.class, state());
    }

    @Test
    void thatAClientCannotBeAnsweredChangesNothingOfWhatIsDone() {
        inbox.add(new CommandArrived(new Command.Stop(Set.of(WEB)), _ -> {
            throw new IllegalStateException("as if");
        }));
        turnFor(Duration.ofSeconds(30));

        assertEquals(ServiceState.Down.class, state().getClass());
        assertEquals(1, bugs.size(), bugs::toString);
    }

    @Test
    void thatWatchersCannotBeToldChangesNothingOfWhatIsDone() {
        watcherBreaks = true;
        stopAndTurn();
        turnFor(Duration.ofSeconds(30));

        assertEquals(ServiceState.Down.class, state().getClass());
    }

    @Test
    void whatTheScanDirectoryHasComeToHoldIsTriedAgain() {
        kernel.scanDirectory().put("more", new SimulatedDirectory("more").with("run", ""));
        rescanWithErrors();
        assertInstanceOf(Up.class, state(new ServiceName("more")));

        kernel.scanDirectory().remove("web");
        rescanWithErrors();
        assertEquals(Optional.empty(), fleet.service(WEB));
        assertEquals(2 * ERRORS.size(), bugs.size(), bugs::toString);
    }

    private void rescanWithErrors() {
        errors = new ArrayList<>(ERRORS);
        processes.scan(_ -> {}, new Moment(time.now()));
        turnFor(Duration.ofSeconds(30));
    }

    private void stopAndTurn() {
        inbox.add(new CommandArrived(new Command.Stop(Set.of(WEB)), answers::add));
        reactor.turn(new Moment(time.now()));
    }

    private void turnFor(Duration duration) {
        long end = time.now() + duration.toNanos();
        while (time.now() < end) {
            loop.await(Duration.ofMillis(100).toNanos());
            reactor.turn(new Moment(time.now()));
        }
    }

    private ServiceState state() {
        return state(WEB);
    }

    private ServiceState state(ServiceName name) {
        return fleet.service(name).orElseThrow().state();
    }

    private Processes processes() {
        Log log = new BugLog();
        try {
            SpawnSupplies supplies = new SpawnSupplies(
                    kernel,
                    new DescriptorLimit(kernel, log),
                    List.of(),
                    log,
                    new NotifySockets(kernel, "/run/reeve", () -> true));
            SimulatedSpawners spawners = new SimulatedSpawners(time, kernel, weather, loop);
            return new Processes(
                    Optional.of(ScanSettings.of(SimulatedKernel.SCAN_PATH)), supplies, loop, spawners, inbox);
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    private Reactor reactorWithOneServiceUp() {
        Reactor made = new Reactor(
                kernel, loop, inbox, fleet, processes, new BreakableWatcher(), new BugLog(), new LoopStatistics());
        kernel.scanDirectory().put("web", new SimulatedDirectory("web").with("run", ""));
        processes.scan(_ -> {}, new Moment(time.now()));
        for (int turns = 0; turns < 100; turns++) {
            loop.await(Duration.ofMillis(100).toNanos());
            made.turn(new Moment(time.now()));
        }
        return made;
    }

    /// Throws the next of the errors instead of starting or stopping a service.
    private final class BreakableMachine extends ServiceMachine {
        @Override
        public Transition on(ServiceState state, ServiceEvent event, Moment now) {
            if ((event instanceof StartRequested || event instanceof StopRequested) && !errors.isEmpty()) {
                throw errors.removeFirst();
            }
            return super.on(state, event, now);
        }
    }

    private final class BreakableWatcher implements ChangeWatcher {
        @Override
        public void forgotten(ServiceName name) {
            // Nobody is told.
        }

        @Override
        public void changed(ServiceSituation situation) {
            if (watcherBreaks) {
                throw new OutOfMemoryError("as if");
            }
        }

        @Override
        public void turnEnded() {
            // Nothing was kept back.
        }
    }

    private final class BugLog implements Log {
        @Override
        public void info(String message) {
            // Nothing to object to.
        }

        @Override
        public void audit(String message) {
            throw new AssertionError("nobody asked: " + message);
        }

        @Override
        public void warning(String message) {
            throw new AssertionError(message);
        }

        @Override
        public void bug(String message, Throwable cause) {
            bugs.add(message + ": " + cause);
        }
    }
}
