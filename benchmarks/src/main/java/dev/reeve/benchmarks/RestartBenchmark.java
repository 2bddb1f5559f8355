package dev.reeve.benchmarks;

import dev.reeve.benchmarks.peers.RunningSupervisor;
import dev.reeve.bridge.ErrnoException;
import java.io.IOException;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A service is killed and runs again, under the real daemon and under the floor.
///
/// What JMH measures ends when this process has heard of the new one. After each iteration a line says what it took
/// to the new process's first instruction, which is the restart latency proper.
///
/// A service that dies within a second of coming up waits, so services are killed in turn, each at most every 1.1
/// seconds: a single one gives less than one sample a second.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 2, time = 5)
public class RestartBenchmark {
    @Param({"floor", "reeve"})
    public String supervisor = "";

    @Param({"1", "1000", "4000"})
    public int services;

    /// The floor knows neither, and is what it is with those that have neither.
    @Param({"PLAIN", "READY", "FINISH", "READY_AND_FINISH"})
    public RunningSupervisor.Services like = RunningSupervisor.Services.PLAIN;

    private RunningSupervisor running;

    @Setup(Level.Trial)
    public void start() throws IOException {
        running = new RunningSupervisor(supervisor, services, like);
    }

    /// Invocations take hundreds of microseconds, beside which JMH's own work around each is nothing.
    @Setup(Level.Invocation)
    public void awaitTurn() {
        running.awaitTurn();
    }

    @Benchmark
    public void restart() throws IOException, ErrnoException {
        running.restart();
    }

    @TearDown(Level.Iteration)
    public void tell() {
        System.out.print("[" + running.stamped() + "] ");
    }

    @TearDown(Level.Trial)
    public void end() throws IOException {
        running.close();
    }
}
