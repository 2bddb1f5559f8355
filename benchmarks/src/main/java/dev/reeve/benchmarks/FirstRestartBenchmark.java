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

/// The first restart after the daemon's start, when nothing of it has been compiled yet: a new daemon for each
/// sample.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
public class FirstRestartBenchmark {
    @Param({"floor", "reeve"})
    public String supervisor = "";

    @Param({"1", "1000", "4000"})
    public int services;

    @Param({"PLAIN", "READY", "FINISH", "READY_AND_FINISH"})
    public RunningSupervisor.Services like = RunningSupervisor.Services.PLAIN;

    private RunningSupervisor running;

    @Setup(Level.Iteration)
    public void start() throws IOException {
        running = new RunningSupervisor(supervisor, services, like);
        running.awaitTurn();
    }

    @Benchmark
    public void firstRestart() throws IOException, ErrnoException {
        running.restart();
    }

    @TearDown(Level.Iteration)
    public void end() throws IOException {
        System.out.print("[" + running.stamped() + "] ");
        running.close();
    }
}
