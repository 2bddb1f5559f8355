package dev.reeve.benchmarks;

import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.History;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceMachine;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.Signal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A step of the machine: the mean over the events of one restart.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ServiceMachineBenchmark {
    static final int EVENTS = 4;
    static final Duration LIFE = Duration.ofSeconds(2);

    /// What happens to a service that is killed and comes up again at once.
    static final List<ServiceEvent> RESTART = List.of(
            new ServiceEvent.ProcessEnded(new ExitStatus.Killed(new Signal(9))),
            new ServiceEvent.FinishSkipped(false),
            new ServiceEvent.Spawned(new Pid(4711), RunSettings.DEFAULT),
            new ServiceEvent.BecameReady());

    private final ServiceMachine machine = new ServiceMachine();
    private ServiceState state = up();
    private Moment now = new Moment(0);

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public ServiceState step() {
        now = now.plus(LIFE);
        for (ServiceEvent event : RESTART) {
            state = machine.on(state, event, now).next();
        }
        return state;
    }

    private static ServiceState up() {
        ServiceMachine machine = new ServiceMachine();
        Moment start = new Moment(0);
        ServiceState spawning = machine.on(
                        new ServiceState.Down(History.NONE), new ServiceEvent.StartRequested(), start)
                .next();
        return machine.on(spawning, new ServiceEvent.Spawned(new Pid(4710), RunSettings.DEFAULT), start)
                .next();
    }
}
