package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How many requests a second one connection has answered that sends a hundred at once.
final class RoundTrips {
    private static final int BATCH = 100;
    private static final long WARM_UP = Duration.ofSeconds(1).toNanos();
    private static final long SAMPLE = Duration.ofMillis(200).toNanos();

    private RoundTrips() {}

    static List<Double> rates(Path socket, String service, int samples) throws IOException {
        ByteBuffer requests = ControlConnection.requests(ControlConnection.statusOf(service), BATCH);
        List<Double> rates = new ArrayList<>();
        try (ControlConnection connection = new ControlConnection(socket)) {
            double _ = rate(connection, requests, WARM_UP);
            for (int i = 0; i < samples; i++) {
                rates.add(rate(connection, requests, SAMPLE));
            }
        }
        return rates;
    }

    private static double rate(ControlConnection connection, ByteBuffer requests, long nanos) throws IOException {
        long begin = System.nanoTime();
        long batches = 0;
        long now = begin;
        for (; now - begin < nanos; now = System.nanoTime()) {
            connection.send(requests);
            connection.readLines(BATCH);
            batches++;
        }
        return (double) batches * BATCH * TimeUnit.SECONDS.toNanos(1) / (now - begin);
    }
}
