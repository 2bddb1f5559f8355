package dev.reeve.benchmarks;

import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.FleetEvent;
import dev.reeve.daemon.fleet.FleetStep;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// What is to be done when something is asked of every service at once: half of the services are loggers of the others,
/// which end after them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlanningBenchmark {
    private static final Moment NOW = new Moment(0);

    @Param({"1", "1000", "4000"})
    public int services;

    private final List<ServiceName> names = new ArrayList<>();
    private Set<ServiceName> everyone = Set.of();
    private Fleet fleet = new Fleet();

    @Setup(Level.Trial)
    public void name() {
        for (int i = 0; i < services; i++) {
            names.add(new ServiceName(i % 2 == 0 ? "service-" + i : "service-" + (i - 1) + "/log"));
        }
        everyone = new LinkedHashSet<>(names);
    }

    /// Takes tens of microseconds for each thousand of services, beside which JMH's own work around it is nothing.
    @Setup(Level.Invocation)
    public void fill() {
        fleet = new Fleet();
        for (int i = 0; i < services; i++) {
            fleet.step(new FleetEvent.Found(names.get(i), false), NOW);
            fleet.step(
                    new FleetEvent.Happened(
                            names.get(i), new ServiceEvent.Spawned(new Pid(4_711 + i), RunSettings.DEFAULT)),
                    NOW);
        }
    }

    /// All that a scan has found is to start.
    @Benchmark
    public void start(Blackhole hole) {
        Fleet empty = new Fleet();
        for (ServiceName name : names) {
            FleetStep step = empty.step(new FleetEvent.Found(name, false), NOW);
            hole.consume(step);
        }
    }

    @Benchmark
    public FleetStep restart() {
        return fleet.step(new FleetEvent.Commanded(new Command.Restart(everyone)), NOW);
    }

    @Benchmark
    public FleetStep shutdown() {
        return fleet.step(new FleetEvent.Commanded(new Command.Shutdown()), NOW);
    }
}
