package dev.reeve.daemon.process;

import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.Moment;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Errands that wait for each other: one thread runs them, and up to seven more while some wait and none was taken for
/// 100 ms. The further threads end when they had nothing to do for ten seconds. Every method is called on the loop's
/// thread.
final class ErrandLane {
    private static final int THREADS_MAX = 8;
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration KEPT_IDLE = Duration.ofSeconds(10);
    private static final long STACK_BYTES = 256 * 1024;

    private final String threadName;
    private final Kernel kernel;
    private final Log log;
    private final Runner runner;
    private final LinkedBlockingQueue<Errand> errands = new LinkedBlockingQueue<>();
    private final AtomicInteger threads = new AtomicInteger();
    private volatile Moment lastTaken;

    /// Runs an errand, on a thread of the lane.
    interface Runner {
        void run(Errand errand) throws InterruptedException;
    }

    ErrandLane(String threadName, Kernel kernel, Log log, Runner runner) {
        this.threadName = threadName;
        this.kernel = kernel;
        this.log = log;
        this.runner = runner;
        this.lastTaken = now();
    }

    /// Has its thread there before the first errand is.
    void begin() {
        startThread(null);
    }

    void submit(Errand errand, Moment now) {
        if (errands.isEmpty()) {
            // From now on it counts how long this one waits.
            lastTaken = now;
        }
        errands.add(errand);
        if (threads.get() == 0) {
            begin();
        }
    }

    /// When [#check] is next due.
    Moment nextCheck() {
        return errands.isEmpty() || threads.get() >= THREADS_MAX ? Moment.NEVER : lastTaken.plus(PATIENCE);
    }

    /// Looks whether an errand has waited too long.
    void check(Moment now) {
        if (nextCheck().compareTo(now) <= 0) {
            lastTaken = now;
            startThread(KEPT_IDLE);
        }
    }

    private void startThread(@Nullable Duration keptIdle) {
        int number = threads.incrementAndGet();
        try {
            Thread thread = new Thread(null, () -> serve(keptIdle), threadName + "-" + number, STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
        } catch (OutOfMemoryError error) {
            // pthread_create's EAGAIN: the errands wait for a thread that there is.
            threads.decrementAndGet();
            log.warning("no further " + threadName + " thread can be had (" + error.getMessage()
                    + "): all wait for those there are, so that one slow disk may hold up everything");
        }
    }

    private void serve(@Nullable Duration keptIdle) {
        try {
            while (true) {
                Errand errand =
                        keptIdle == null ? errands.take() : errands.poll(keptIdle.toMillis(), TimeUnit.MILLISECONDS);
                if (errand == null) {
                    return;
                }
                lastTaken = now();
                runner.run(errand);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            threads.decrementAndGet();
        }
    }

    private Moment now() {
        return new Moment(kernel.monotonicNanos());
    }
}
