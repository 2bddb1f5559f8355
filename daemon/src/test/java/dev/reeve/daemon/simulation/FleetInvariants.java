package dev.reeve.daemon.simulation;

import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState.Killing;
import dev.reeve.daemon.service.ServiceState.KillingFinish;
import dev.reeve.daemon.service.ServiceState.Resting;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import dev.reeve.daemon.service.ServiceState.Stopping;
import dev.reeve.daemon.service.ServiceState.Timed;
import dev.reeve.daemon.simulation.OpenFile.Directory;
import dev.reeve.daemon.simulation.SimulatedProcess.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What holds whenever the daemon has taken every fact into account and is about to sleep.
///
/// The processes of a service are those that the kernel has, dead or alive, without those that were killed because
/// nobody could watch them. While its spawner is on the way home, a process belongs to a state that spawns; from
/// then on to the one state that names its pid.
final class FleetInvariants {
    /// The reaper may not know for a second that there is one, and then leaves it for five.
    private static final Duration ZOMBIES_AGE_MAX = Duration.ofSeconds(6);

    private final VirtualTime time;
    private final SimulatedKernel kernel;
    private final Fleet fleet;
    private final Function<ServiceName, String> owner;

    /// `owner` says whose processes belong to the service of a name.
    FleetInvariants(VirtualTime time, SimulatedKernel kernel, Fleet fleet, Function<ServiceName, String> owner) {
        this.time = time;
        this.kernel = kernel;
        this.fleet = fleet;
        this.owner = owner;
    }

    /// Before the daemon sleeps for so long.
    void check(long nanos) {
        long wakesUp = nanos == Long.MAX_VALUE ? Long.MAX_VALUE : time.now() + nanos;
        Map<String, List<SimulatedProcess>> processes = processes();
        for (ServiceSituation situation : fleet.services()) {
            checkProcesses(situation, processes.getOrDefault(owner.apply(situation.name()), List.of()));
            if (situation.state() instanceof Timed timed) {
                require(
                        !timed.deadline().isBefore(new Moment(wakesUp)),
                        () -> "sleeps past the deadline of " + situation);
            }
        }
        for (SimulatedProcess process : kernel.children().unreaped()) {
            boolean fresh = process.isAlive() || time.now() - process.endedAt < ZOMBIES_AGE_MAX.toNanos();
            require(fresh, () -> "nobody reaps " + process);
        }
    }

    private Map<String, List<SimulatedProcess>> processes() {
        Map<String, List<SimulatedProcess>> processes = new HashMap<>();
        for (SimulatedProcess process : kernel.children().unreaped()) {
            if (process.program != Program.ORPHAN && !kernel.isGivenUp(process)) {
                processes.computeIfAbsent(process.owner, _ -> new ArrayList<>()).add(process);
            }
        }
        return processes;
    }

    private static void checkProcesses(ServiceSituation situation, List<SimulatedProcess> processes) {
        Supplier<String> told = () -> situation + " while the kernel has " + processes;
        if (situation.state().pid().isPresent()) {
            Pid pid = situation.state().pid().get();
            Program program = situation.state() instanceof Running ? Program.RUN : Program.FINISH;
            require(processes.size() == 1, told);
            SimulatedProcess process = processes.getFirst();
            require(process.pid == pid.number() && process.program == program, told);
            require(process.isAlive() && process.reported, told);
            boolean killed = situation.state() instanceof Killing || situation.state() instanceof KillingFinish;
            require(process.killed || !killed, told);
            require(process.asked || !(situation.state() instanceof Stopping), told);
            return;
        }
        if (situation.state() instanceof Resting) {
            require(processes.isEmpty(), told);
            return;
        }
        // Where there is no finish, run is executed in its place.
        boolean mayBeEither = situation.state() instanceof SpawningFinish;
        Program spawned = situation.state() instanceof Spawning ? Program.RUN : Program.FINISH;
        require(
                processes.stream()
                        .allMatch(process -> (mayBeEither || process.program == spawned) && !process.reported),
                told);
    }

    /// Long after the end of everything. `atStart` descriptors were open before the first service was found.
    void checkEnd(int atStart) {
        require(
                kernel.children().unreaped().isEmpty(),
                () -> "left over: " + kernel.children().unreaped());
        long directories =
                kernel.openFiles().stream().filter(Directory.class::isInstance).count();
        require(directories == fleet.services().size(), () -> directories + " directories are open");
        require(kernel.openFiles().size() == atStart + directories, () -> "open at the end: " + kernel.openFiles());
    }

    /// When all was read again, nothing went wrong, and everything has had its time.
    void checkNames() {
        Set<String> names =
                fleet.services().stream().map(service -> service.name().text()).collect(Collectors.toSet());
        require(
                names.equals(kernel.scanDirectory().keySet()),
                () -> "services " + names + " of " + kernel.scanDirectory().keySet());
    }

    static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }
}
