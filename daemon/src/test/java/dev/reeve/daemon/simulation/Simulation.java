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
import dev.reeve.daemon.process.NotifySockets;
import dev.reeve.daemon.process.ProcessFacts;
import dev.reeve.daemon.process.Processes;
import dev.reeve.daemon.process.ScanSettings;
import dev.reeve.daemon.process.SpawnSupplies;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.reactor.LoopStatistics;
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
import dev.reeve.daemon.service.Want;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One daemon from its start to its end: the production reactor, fleet and processes, in a world that one seed
/// makes.
final class Simulation {
    private static final Duration SHUTDOWN_MAX = Duration.ofSeconds(400);
    private static final int MANY = 24;
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
    private final Housekeeper housekeeper;
    private final Map<ServiceName, String> owners = new HashMap<>();
    private final Set<ServiceName> handedOver = new HashSet<>();
    private @Nullable Throwable bug;
    private boolean ended;

    Simulation(long seed) {
        weather = new Weather(seed);
        kernel = new SimulatedKernel(time, weather);
        loop = new SimulatedLoop(time, kernel, weather);
        try {
            SpawnSupplies supplies = new SpawnSupplies(
                    kernel,
                    new DescriptorLimit(kernel, new StrictLog()),
                    List.of(),
                    new StrictLog(),
                    new NotifySockets(kernel, "/run/reeve", () -> true));
            SimulatedSpawners spawners = new SimulatedSpawners(time, kernel, weather, loop);
            processes = new Processes(
                    Optional.of(ScanSettings.of(SimulatedKernel.SCAN_PATH)),
                    supplies,
                    loop,
                    spawners,
                    new TruthfulFacts());
            loop.watch(new SignalFd(kernel, Set.of(), new ChildSignals()));
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
        reactor = new Reactor(
                kernel, loop, inbox, fleet, processes, new StrictWatcher(), new StrictLog(), new LoopStatistics());
        operator = new Operator(time, weather, fleet, inbox, machine);
        invariants = new FleetInvariants(time, kernel, fleet, this::owner);
        housekeeper = new Housekeeper(weather, kernel.scanDirectory());
    }

    CountingMachine machine() {
        return machine;
    }

    /// How often the loop has waited for more to happen.
    int pauses() {
        return loop.pauses();
    }

    void run() {
        int openAtStart = kernel.openFiles().size();
        loop.beforeSleep(nanos -> {
            requireNoBug();
            invariants.check(nanos);
        });
        for (int i = weather.chance(0.05) ? MANY : weather.below(12); i >= 0; i--) {
            housekeeper.add();
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
        scan();
        long end = time.now() + AFTERMATH.toNanos();
        while (time.now() < end) {
            loop.await(Duration.ofSeconds(5).toNanos());
            reactor.turn(now());
        }
        requireNoBug();
        invariants.checkNames();
        invariants.checkEnd(openAtStart);
    }

    private String owner(ServiceName name) {
        return Objects.requireNonNull(owners.get(name), name.text());
    }

    private void editAgainAndAgain() {
        if (ended) {
            return;
        }
        housekeeper.edit();
        if (weather.chance(0.05)) {
            housekeeper.rearrange();
            if (weather.chance(0.7)) {
                scan();
            }
        }
        if (weather.chance(0.2)) {
            kernel.children().startOrphan("nobody");
        }
        time.after(weather.between(Duration.ofMillis(10), Duration.ofSeconds(5)), this::editAgainAndAgain);
    }

    private void scan() {
        processes.scan(_ -> {}, now());
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
                SimulatedProcess run = kernel.children().lastRunOf(owner(name)).orElseThrow();
                require(exit.equals(truth(run)), () -> name + " ended with " + exit + " in truth " + run.end);
            }
            inbox.happened(name, event);
        }

        @Override
        public void found(ServiceName name, boolean startsDown) {
            owners.put(name, kernel.lastOpened(name.text()).name);
            inbox.found(name, startsDown);
        }

        @Override
        public void vanished(ServiceName name, boolean loggerToo) {
            inbox.vanished(name, loggerToo);
        }

        @Override
        public void retaken(ServiceName name, boolean startsDown) {
            inbox.retaken(name, startsDown);
        }

        @Override
        public void renamed(Map<ServiceName, ServiceName> names) {
            Map<ServiceName, String> renamed = new HashMap<>();
            names.forEach((from, to) -> renamed.put(to, owner(from)));
            owners.putAll(renamed);
            handedOver.addAll(renamed.keySet());
            inbox.renamed(names);
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
        private final Map<ServiceName, ServiceSituation> situations = new HashMap<>();

        @Override
        public void changed(ServiceSituation situation) {
            ServiceState state = situation.state();
            @Nullable ServiceSituation told = situations.put(situation.name(), situation);
            @Nullable ServiceState before = told == null ? null : told.state();
            boolean sameName = !handedOver.remove(situation.name());
            require(!sameName || !situation.equals(told), () -> "told of no change: " + situation);
            // What was being executed in the place of a finish then is told to end as soon as it is known.
            boolean isWanted = state.want() != Want.DOWN;
            boolean spawns = sameName && isWanted && state instanceof Spawning && !(before instanceof Spawning);
            require(!spawns || !fleet.isShuttingDown(), () -> "started after the end was commanded: " + situation);
        }

        @Override
        public void forgotten(ServiceName name) {
            require(situations.remove(name) != null, () -> "forgets whom nobody knew: " + name);
        }

        @Override
        public void turnEnded() {
            // Nothing was kept back.
        }
    }

    /// Whatever the reactor would survive is an error here.
    private final class StrictLog implements Log {
        /// Thousands of days have much to say; one that is looked into is worth reading.
        private static final boolean IS_REPLAY = System.getProperty("seed") != null;

        @Override
        public void info(String message) {
            // Nothing to object to.
        }

        @Override
        public void warning(String message) {
            if (IS_REPLAY) {
                System.err.println(time.now() + " WARN " + message);
            }
        }

        @Override
        public void audit(String message) {
            // Nobody asks through the socket here.
        }

        @Override
        public void bug(String message, Throwable cause) {
            if (bug != null) {
                // The reactor would go on for ever.
                throw new AssertionError(bug);
            }
            bug = new AssertionError(message, cause);
        }
    }
}
