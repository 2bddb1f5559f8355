package dev.reeve.benchmarks;

import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.FleetEvent;
import dev.reeve.daemon.fleet.FleetStep;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// A step of the fleet: the mean over the events of one restart, each time of another service.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FleetBenchmark {
    @Param({"1", "1000", "4000"})
    public int services;

    private final Fleet fleet = new Fleet();
    private final List<ServiceName> names = new ArrayList<>();
    private Moment now = new Moment(0);
    private int turn;

    @Setup
    public void fill() {
        for (int i = 0; i < services; i++) {
            ServiceName name = new ServiceName("service-" + i);
            names.add(name);
            fleet.step(new FleetEvent.Found(name, false), now);
            fleet.step(new FleetEvent.Happened(name, spawned()), now);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ServiceMachineBenchmark.EVENTS)
    public void step(Blackhole hole) {
        ServiceName name = names.get(turn);
        turn = (turn + 1) % names.size();
        now = now.plus(ServiceMachineBenchmark.LIFE);
        for (ServiceEvent event : ServiceMachineBenchmark.RESTART) {
            FleetStep step = fleet.step(new FleetEvent.Happened(name, event), now);
            hole.consume(step);
        }
    }

    private static ServiceEvent spawned() {
        return new ServiceEvent.Spawned(new Pid(4710), RunSettings.DEFAULT);
    }
}
