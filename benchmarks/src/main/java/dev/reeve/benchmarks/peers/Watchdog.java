package dev.reeve.benchmarks.peers;

import dev.reeve.bridge.ErrnoException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Bounds everything that is measured in time: what takes longer is given up, which is told, and the rest goes on.
final class Watchdog implements AutoCloseable {
    private static final Duration PART_MAX = Duration.ofMinutes(2);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    /// Something that is measured.
    interface Part {
        void measure() throws IOException, ErrnoException, InterruptedException;
    }

    /// Measures it, unless that takes too long or fails; answers whether it got to its end.
    boolean bounded(String name, Part part) {
        Thread measuring = Thread.currentThread();
        ScheduledFuture<?> limit = timer.schedule(measuring::interrupt, PART_MAX.toMillis(), TimeUnit.MILLISECONDS);
        try {
            part.measure();
            return true;
        } catch (ClosedByInterruptException | InterruptedException _) {
            say(name + " was given up after " + PART_MAX.toSeconds() + " seconds");
        } catch (IOException | ErrnoException e) {
            say(name + ": " + e.getMessage());
        } finally {
            limit.cancel(false);
            Thread.interrupted();
        }
        return false;
    }

    static void say(String what) {
        System.err.println("bench-peers: " + what);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
