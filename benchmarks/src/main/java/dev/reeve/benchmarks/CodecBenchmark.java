package dev.reeve.benchmarks;

import dev.reeve.protocol.DaemonMessage;
import dev.reeve.protocol.Decoded;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Lines of the control protocol, made and read.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    @Param({"1", "1000"})
    public int services;

    private final Request request = new Request.Status(1, List.of("service-1"));
    private final byte[] requestLine = withoutNewline(ProtocolCodec.encode(request));
    private Reply reply = new Reply.Accepted(1);
    private byte[] replyLine = {};

    @Setup
    public void fill() {
        List<ServiceStatus> statuses = IntStream.range(0, services)
                .mapToObj(i -> new ServiceStatus(
                        "service-" + i,
                        ServicePhase.UP,
                        true,
                        true,
                        4711 + i,
                        Instant.EPOCH,
                        new ServiceStatus.Exit.Signal("SIGKILL"),
                        i,
                        null))
                .toList();
        reply = new Reply.Services(1, 17, statuses);
        replyLine = withoutNewline(ProtocolCodec.encode(reply));
    }

    @Benchmark
    public byte[] encodeRequest() {
        return ProtocolCodec.encode(request);
    }

    @Benchmark
    public Decoded decodeRequest() {
        return ProtocolCodec.decodeRequest(requestLine, 0, requestLine.length);
    }

    @Benchmark
    public byte[] encodeStatuses() {
        return ProtocolCodec.encode(reply);
    }

    @Benchmark
    public DaemonMessage decodeStatuses() {
        return ProtocolCodec.decodeMessage(replyLine, 0, replyLine.length);
    }

    private static byte[] withoutNewline(byte[] line) {
        return Arrays.copyOf(line, line.length - 1);
    }
}
