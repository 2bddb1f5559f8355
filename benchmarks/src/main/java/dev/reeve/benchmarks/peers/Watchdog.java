package dev.reeve.benchmarks.peers;

import dev.reeve.bridge.ErrnoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Bounds everything that is measured in time, and the whole run: what takes longer is given up, what is to come when
/// no time is left is left out, both are told of, and the rest goes on.
final class Watchdog implements AutoCloseable {
    private static final Duration PART_MAX = Duration.ofMinutes(3);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final Duration runMax;
    private final long begin = System.nanoTime();
    private final List<Missing> missing = new ArrayList<>();

    /// Something that is measured.
    interface Part {
        void measure() throws IOException, ErrnoException, InterruptedException;
    }

    /// Something that was not measured, or not to its end.
    record Missing(String what, String why) {}

    Watchdog(Duration runMax) {
        this.runMax = runMax;
    }

    /// Measures it, unless that takes too long or fails; answers whether it got to its end.
    boolean bounded(String what, Part part) {
        Duration max = left().compareTo(PART_MAX) < 0 ? left() : PART_MAX;
        if (!max.isPositive()) {
            isMissing(what, "left out after the " + words(runMax) + " that a run may take");
            return false;
        }
        Thread measuring = Thread.currentThread();
        ScheduledFuture<?> limit = timer.schedule(measuring::interrupt, max.toNanos(), TimeUnit.NANOSECONDS);
        try {
            part.measure();
            return true;
        } catch (InterruptedException _) {
            isMissing(what, "given up after " + words(max));
        } catch (IOException | UncheckedIOException | ErrnoException e) {
            isMissing(what, limit.isDone() ? "given up after " + words(max) : words(e));
        } finally {
            limit.cancel(false);
            Thread.interrupted();
        }
        return false;
    }

    boolean hasTime() {
        return left().isPositive();
    }

    /// How long the run has taken, and may take.
    String clock() {
        return words(taken()) + " of at most " + words(runMax);
    }

    List<Missing> missing() {
        return missing;
    }

    static void say(String what) {
        System.err.println("bench-peers: " + what);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void isMissing(String what, String why) {
        missing.add(new Missing(what, why));
        say(what + ": " + why);
    }

    /// The message of a FileSystemException is hardly more than a file's name.
    private static String words(Exception e) {
        return e instanceof FileSystemException ? e.toString() : String.valueOf(e.getMessage());
    }

    private Duration taken() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private Duration left() {
        return runMax.minus(taken());
    }

    private static String words(Duration time) {
        return "%d:%02d min".formatted(time.toMinutes(), time.toSecondsPart());
    }
}
