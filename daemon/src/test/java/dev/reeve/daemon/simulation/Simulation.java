package dev.reeve.daemon.simulation;

import static dev.reeve.daemon.simulation.FleetInvariants.require;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel.ArrivedSignal;
import dev.reeve.bridge.Kernel.ChildEnd;
import dev.reeve.bridge.SignalFd;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.process.ProcessFacts;
import dev.reeve.daemon.process.Processes;
import dev.reeve.daemon.process.SpawnSupplies;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.reactor.Reactor;
import dev.reeve.daemon.service.CountingMachine;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.Signal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One daemon from its start to its end: the production reactor, fleet and processes, in a world that one seed makes.
final class Simulation {
    private static final Duration SHUTDOWN_MAX = Duration.ofSeconds(400);
    private static final Duration AFTERMATH = Duration.ofSeconds(200);

    private final CountingMachine machine = new CountingMachine();
    private final VirtualTime time = new VirtualTime();
    private final Weather weather;
    private final SimulatedKernel kernel;
    private final Inbox inbox = new Inbox();
    private final Fleet fleet = new Fleet(machine);
    private final SimulatedLoop loop;
    private final Processes processes;
    private final Reactor reactor;
    private final Operator operator;
    private final FleetInvariants invariants;
    private @Nullable Throwable bug;
    private boolean ended;

    Simulation(long seed) {
        weather = new Weather(seed);
        kernel = new SimulatedKernel(time, weather);
        loop = new SimulatedLoop(time, kernel, weather);
        try {
            SpawnSupplies supplies =
                    new SpawnSupplies(kernel, new DescriptorLimit(kernel, new StrictLog()), List.of(), new StrictLog());
            SimulatedSpawners spawners = new SimulatedSpawners(time, kernel, weather, loop);
            processes = new Processes(supplies, loop, spawners, new TruthfulFacts());
            loop.watch(new SignalFd(kernel, Set.of(), new ChildSignals()));
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
        reactor = new Reactor(kernel, loop, inbox, fleet, processes, new StrictWatcher(), new StrictLog());
        operator = new Operator(time, weather, fleet, inbox, machine);
        invariants = new FleetInvariants(time, kernel, fleet);
    }

    CountingMachine machine() {
        return machine;
    }

    void run() {
        int openAtStart = kernel.openFiles().size();
        loop.beforeSleep(nanos -> {
            requireNoBug();
            invariants.check(nanos);
        });
        for (int i = weather.below(12); i >= 0; i--) {
            addService();
        }
        scan();
        weather.turnsBad();
        operator.commandAgainAndAgain();
        editAgainAndAgain();
        Duration life = weather.between(Duration.ofSeconds(10), Duration.ofSeconds(200));
        time.after(life, operator::shutDown);
        time.after(life.plus(SHUTDOWN_MAX), () -> require(ended, () -> "the shutdown does not end"));
        reactor.run();
        ended = true;
        weather.turnsFair();
        long end = time.now() + AFTERMATH.toNanos();
        while (time.now() < end) {
            loop.await(Duration.ofSeconds(5).toNanos());
            reactor.turn(now());
        }
        requireNoBug();
        invariants.checkEnd(openAtStart);
    }

    private void addService() {
        String name = "service-" + kernel.scanDirectory().size();
        SimulatedDirectory directory = new SimulatedDirectory(name);
        directory.change(weather);
        kernel.scanDirectory().put(name, directory);
    }

    private void editAgainAndAgain() {
        if (ended) {
            return;
        }
        weather.oneOf(List.copyOf(kernel.scanDirectory().values())).change(weather);
        if (weather.chance(0.02)) {
            addService();
            scan();
        }
        if (weather.chance(0.2)) {
            kernel.children().startOrphan("nobody");
        }
        time.after(weather.between(Duration.ofMillis(10), Duration.ofSeconds(5)), this::editAgainAndAgain);
    }

    private void scan() {
        processes.scan(SimulatedKernel.SCAN_PATH, now());
    }

    private Moment now() {
        return new Moment(time.now());
    }

    private void requireNoBug() {
        if (bug != null) {
            throw new AssertionError(bug);
        }
    }

    /// Facts as they reach the reactor, none of them a lie.
    private final class TruthfulFacts implements ProcessFacts {
        @Override
        public void happened(ServiceName name, ServiceEvent event) {
            if (event instanceof ProcessEnded(ExitStatus exit)) {
                SimulatedProcess run = kernel.children().lastRunOf(name.text()).orElseThrow();
                require(exit.equals(truth(run)), () -> name + " ended with " + exit + " in truth " + run.end);
            }
            inbox.happened(name, event);
        }

        @Override
        public void found(ServiceName name, boolean startsDown) {
            inbox.found(name, startsDown);
        }

        private static ExitStatus truth(SimulatedProcess process) {
            ChildEnd end = process.end.orElseThrow();
            return end.signalled() ? new ExitStatus.Killed(new Signal(end.code())) : new ExitStatus.Exited(end.code());
        }
    }

    /// What [dev.reeve.daemon.ReeveDaemon] does with SIGCHLD.
    private final class ChildSignals implements SignalFd.Listener {
        @Override
        public void onSignal(ArrivedSignal signal) {
            processes.childSignalled(signal.pid(), now());
        }

        @Override
        public void onFailed(ErrnoException cause) {
            throw new AssertionError(cause);
        }
    }

    /// Does not let a change pass that is none, or that spawns after the end was commanded.
    private final class StrictWatcher implements ChangeWatcher {
        private final Map<ServiceName, ServiceState> states = new HashMap<>();

        @Override
        public void changed(ServiceSituation situation) {
            ServiceState state = situation.state();
            @Nullable ServiceState before = states.put(situation.name(), state);
            require(!state.equals(before), () -> "told of no change: " + situation);
            boolean spawns = state instanceof Spawning && !(before instanceof Spawning);
            require(!spawns || !fleet.isShuttingDown(), () -> "started after the end was commanded: " + situation);
        }

        @Override
        public void turnEnded() {
            // Nothing was kept back.
        }
    }

    /// Whatever the reactor would survive is an error here.
    private final class StrictLog implements Log {
        @Override
        public void info(String message) {
            // Nothing to object to.
        }

        @Override
        public void warning(String message) {
            // Misfortunes, which there are plenty of.
        }

        @Override
        public void audit(String message) {
            // Nobody asks through the socket here.
        }

        @Override
        public void bug(String message, Throwable cause) {
            if (bug == null) {
                bug = new AssertionError(message, cause);
            }
        }
    }
}
