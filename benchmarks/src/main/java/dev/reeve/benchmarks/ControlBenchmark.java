package dev.reeve.benchmarks;

import dev.reeve.benchmarks.peers.ControlConnection;
import dev.reeve.benchmarks.peers.RunningSupervisor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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

/// Requests answered by the real daemon: every client sends a batch of requests at once and reads all the answers.
/// `roundTrips` is how many of them that makes a second.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ControlBenchmark {
    private static final int SERVICES = 20;

    @Param({"1", "10", "100"})
    public int clients;

    /// How many requests a client sends before it reads: 1 is a user's command, more is a program's.
    @Param({"1", "100"})
    public int batch;

    private RunningSupervisor running;
    private final List<ControlConnection> connections = new ArrayList<>();
    private ByteBuffer status = ByteBuffer.allocate(0);
    private ByteBuffer version = ByteBuffer.allocate(0);

    /// Counted by JMH per second.
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counts {
        public long roundTrips;
    }

    @Setup(Level.Trial)
    public void connect() throws IOException {
        running = new RunningSupervisor("reeve", SERVICES);
        for (int i = 0; i < clients; i++) {
            connections.add(new ControlConnection(running.socket()));
        }
        status = ControlConnection.requests(ControlConnection.statusOf(running.service(7)), batch);
        version = ControlConnection.requests("{\"id\":1,\"op\":\"version\"}", batch);
    }

    @Benchmark
    public void statusOfOne(Counts counts) throws IOException {
        roundTrips(status, counts);
    }

    @Benchmark
    public void version(Counts counts) throws IOException {
        roundTrips(version, counts);
    }

    @TearDown(Level.Trial)
    public void end() throws IOException {
        for (ControlConnection connection : connections) {
            connection.close();
        }
        running.close();
    }

    private void roundTrips(ByteBuffer requests, Counts counts) throws IOException {
        for (ControlConnection connection : connections) {
            connection.send(requests);
        }
        for (ControlConnection connection : connections) {
            connection.readLines(batch);
        }
        counts.roundTrips += (long) clients * batch;
    }
}
