package dev.reeve.daemon.simulation;

import static dev.reeve.daemon.simulation.FleetInvariants.require;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ArrivedSignal;
import dev.reeve.bridge.SignalFd;
import dev.reeve.daemon.fleet.Command;
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
import dev.reeve.daemon.reactor.Fact.CommandArrived;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.reactor.LoopStatistics;
import dev.reeve.daemon.reactor.Reactor;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.simulation.OpenFile.Directory;
import dev.reeve.daemon.simulation.OpenFile.Listener;
import dev.reeve.daemon.simulation.OpenFile.PipeReader;
import dev.reeve.daemon.simulation.OpenFile.PipeWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A day on which nothing goes wrong but what a [Fault] has go wrong. Three services that use every file that
/// there is are found, restarted, reloaded, signalled, killed, stopped and started, and in the end shut down.
final class FaultDay {
    private static final int SOCKETS = 2;
    private static final String HTTP = "tcp:127.0.0.1:80\n";
    private static final Duration AFTERNOON = Duration.ofMinutes(11);
    private static final Duration EVENING = Duration.ofMinutes(15);
    private static final Duration SHUTDOWN_MAX = Duration.ofMinutes(5);
    private static final Duration AFTERMATH = Duration.ofSeconds(30);

    private final VirtualTime time;
    private final Fault fault;
    private final SimulatedKernel kernel;
    private final SimulatedLoop loop;
    private final Inbox inbox = new Inbox();
    private final Fleet fleet = new Fleet();
    private final Processes processes;
    private final Reactor reactor;
    private final List<String> warnings = new ArrayList<>();
    private boolean ended;

    FaultDay(long seed, Fault fault) {
        this(seed, fault, new VirtualTime());
    }

    /// As the other, in the time that the fault knows too.
    FaultDay(long seed, Fault fault, VirtualTime time) {
        this.fault = fault;
        this.time = time;
        Weather weather = Weather.calm(seed);
        kernel = new SimulatedKernel(time, weather);
        loop = new SimulatedLoop(time, kernel, weather);
        Kernel faultyKernel = fault.between(Kernel.class, kernel);
        EventLoop faultyLoop = fault.between(EventLoop.class, loop);
        Log log = new DayLog();
        ProcessFacts faultyFacts = fault.between(ProcessFacts.class, inbox);
        loop.onBug(bug -> log.bug("a descriptor", bug));
        try {
            SpawnSupplies supplies = new SpawnSupplies(
                    faultyKernel,
                    new DescriptorLimit(faultyKernel, log),
                    List.of(),
                    log,
                    new NotifySockets(faultyKernel, "/run/reeve", () -> true));
            SimulatedSpawners spawners = new SimulatedSpawners(time, kernel, weather, loop);
            spawners.onBug(bug -> log.bug("what came home", bug));
            processes = new Processes(
                    Optional.of(ScanSettings.of(SimulatedKernel.SCAN_PATH)),
                    supplies,
                    faultyLoop,
                    spawners,
                    faultyFacts);
            loop.watch(new SignalFd(kernel, Set.of(), new ChildSignals()));
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
        reactor = new Reactor(
                faultyKernel, faultyLoop, inbox, fleet, processes, new NobodyWatches(), log, new LoopStatistics());
        addServices();
    }

    /// What the log was told, but that services ended which someone has killed.
    List<String> warnings() {
        return warnings;
    }

    void live() {
        int openAtStart = kernel.openFiles().size();
        fault.arm();
        for (int rescans = 0; rescans < 8; rescans++) {
            at(100 * rescans, () -> processes.scan(_ -> {}, now()));
        }
        at(140, () -> serviceDirectory("full").directory("listen").with("http", HTTP + "backlog 5\n"));
        at(150, () -> command(new Command.Restart(found())));
        at(250, () -> command(new Command.Reload(running())));
        at(251, () -> command(new Command.SendSignal(running(), new Signal(1))));
        at(
                350,
                () -> kernel.children()
                        .unreaped()
                        .forEach(process -> kernel.children().signal(process, Signal.KILL.number())));
        at(351, () -> kernel.children().startOrphan("nobody"));
        at(450, () -> command(new Command.Stop(found())));
        at(549, this::checkWhatRestsHasNoSockets);
        at(550, () -> command(new Command.Start(found())));
        time.after(AFTERNOON, fault::disarm);
        time.after(EVENING, this::checkAllRun);
        time.after(EVENING, fault::arm);
        time.after(EVENING, () -> command(new Command.Shutdown()));
        time.after(EVENING.plus(SHUTDOWN_MAX), () -> require(ended, () -> "the shutdown does not end"));
        reactor.run();
        ended = true;
        fault.disarm();
        long end = time.now() + AFTERMATH.toNanos();
        while (time.now() < end) {
            loop.await(Duration.ofSeconds(5).toNanos());
            reactor.turn(now());
        }
        checkNothingIsLeft(openAtStart);
    }

    private void addServices() {
        add("plain").with("finish", "").with("timeout-kill", "1\n").with("flag-timeout-killpg", "");
        SimulatedDirectory full = add("full")
                .with("finish", "")
                .with("notification-fd", "30\n")
                .with("lock-fd", "31\n")
                .with("user", "someone\n")
                .with("oom-score", "100\n")
                .with("reload-signal", "USR1\n");
        full.with("notify-socket", "").with("fd-store", "20\n");
        full.directory("env").with("COLOUR", "green\n");
        full.directory("limits").with("nofile", "100\n");
        full.directory("listen").with("http", HTTP).with("local", "unix:/run/full.sock\nowner someone:staff\n");
        full.directory("log").with("run", "").with("notification-fd", "3\n");
        add("elsewhere").with("working-directory", "/srv\n").with("finish", "").with("down-signal", "INT\n");
    }

    private SimulatedDirectory serviceDirectory(String name) {
        return Objects.requireNonNull(kernel.scanDirectory().get(name));
    }

    private SimulatedDirectory add(String name) {
        SimulatedDirectory directory = new SimulatedDirectory(name).with("run", "");
        kernel.scanDirectory().put(name, directory);
        return directory;
    }

    private void at(int second, Runnable what) {
        time.after(Duration.ofSeconds(second), what);
    }

    private void command(Command command) {
        inbox.add(new CommandArrived(command, _ -> {}));
    }

    private Set<ServiceName> found() {
        return fleet.services().stream().map(ServiceSituation::name).collect(Collectors.toSet());
    }

    private Set<ServiceName> running() {
        return fleet.services().stream()
                .filter(service -> service.state() instanceof Running)
                .map(ServiceSituation::name)
                .collect(Collectors.toSet());
    }

    private void checkAllRun() {
        Set<String> names = Set.of("plain", "full", "full/log", "elsewhere");
        require(
                running().stream()
                        .map(ServiceName::text)
                        .collect(Collectors.toSet())
                        .equals(names),
                () -> "in the evening not all run: " + fleet.services());
        require(sockets() == SOCKETS, () -> "in the evening there are " + sockets() + " sockets");
        for (String name : names) {
            require(
                    kernel.children().of(name).size() == 1,
                    () -> name + " has " + kernel.children().of(name));
        }
    }

    private void checkWhatRestsHasNoSockets() {
        boolean rests = fleet.service(new ServiceName("full"))
                .filter(service -> service.state().isAtRest())
                .isPresent();
        require(!rests || sockets() == 0, () -> "a service at rest has " + sockets() + " sockets");
    }

    private long sockets() {
        return kernel.openFiles().stream().filter(Listener.class::isInstance).count();
    }

    private void checkNothingIsLeft(int openAtStart) {
        require(
                kernel.children().unreaped().isEmpty(),
                () -> "left over: " + kernel.children().unreaped());
        List<OpenFile> open = kernel.openFiles();
        long directories = open.stream().filter(Directory.class::isInstance).count();
        long pipeEnds = open.stream()
                .filter(file -> file instanceof PipeReader || file instanceof PipeWriter)
                .count();
        // The pipe to the logger, of which the one end was given up for it to end.
        require(pipeEnds == 1, () -> "pipes at the end: " + open);
        require(directories == fleet.services().size(), () -> "directories at the end: " + open);
        require(open.size() == openAtStart + directories + pipeEnds, () -> "open at the end: " + open);
    }

    private Moment now() {
        return new Moment(time.now());
    }

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

    private static final class NobodyWatches implements ChangeWatcher {
        @Override
        public void forgotten(ServiceName name) {
            // Nobody.
        }

        @Override
        public void changed(ServiceSituation situation) {
            // Nobody is told.
        }

        @Override
        public void turnEnded() {
            // Nothing was kept back.
        }
    }

    private final class DayLog implements Log {
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
            if (!message.contains("it ended by itself")) {
                warnings.add(message);
            }
        }

        @Override
        public void bug(String message, Throwable cause) {
            if (!OwnErrors.isInjected(cause)) {
                throw new AssertionError("told as an error of our own: " + message, cause);
            }
        }
    }
}
