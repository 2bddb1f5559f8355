package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventFd;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.Moment;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One thread that runs errands, and up to seven more while errands wait and none was taken for 100 ms: a program
/// on a hung disk holds up its own service only. The further threads end when they had nothing to do for ten
/// seconds.
public final class SpawnerThreads implements Spawners, AutoCloseable {
    private static final int THREADS_MAX = 8;
    private static final int DELIVERED_AT_ONCE = 256;
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration KEPT_IDLE = Duration.ofSeconds(10);

    /// How long the end of the daemon waits for slow disks.
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private static final long STACK_BYTES = 256 * 1024;

    private final Kernel kernel;
    private final Log log;
    private final EventFd wakeUp;
    private final LinkedBlockingQueue<Errand> errands = new LinkedBlockingQueue<>();
    private final Queue<Runnable> results = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeUpSent = new AtomicBoolean();
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile Moment lastTaken;

    /// Both belong to the loop's thread.
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparing(Later::due));

    private boolean moreToDeliver;

    private record Later(Moment due, Errand errand) {}

    public SpawnerThreads(Kernel kernel, EventLoop loop, Log log) throws ErrnoException {
        this.kernel = kernel;
        this.log = log;
        this.lastTaken = now();
        this.wakeUp = new EventFd(kernel, new EventFd.Listener() {
            @Override
            public void onSignalled() {
                deliver();
            }

            @Override
            public void onFailed(ErrnoException cause) {
                log.bug("the spawners' eventfd", cause);
            }
        });
        loop.watch(wakeUp);
        startThread(null);
    }

    @Override
    public void submit(Errand errand, Moment now) {
        if (errands.isEmpty()) {
            // From now on it counts how long this one waits.
            lastTaken = now;
        }
        underWay.incrementAndGet();
        errands.add(errand);
    }

    @Override
    public void submitAt(Moment due, Errand errand, Moment now) {
        if (due.compareTo(now) <= 0) {
            submit(errand, now);
            return;
        }
        later.add(new Later(due, errand));
    }

    /// Waits until every errand is done, though nobody will hear what came of it.
    @Override
    public void close() {
        Moment deadline = now().plus(FAREWELL);
        try {
            while (underWay.get() > 0 && now().isBefore(deadline)) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Results that were too many for one delivery are due at once.
    @Override
    public Moment nextCheck() {
        if (moreToDeliver) {
            return lastTaken;
        }
        Moment next = nextThread();
        return !later.isEmpty() && later.peek().due().isBefore(next)
                ? later.peek().due()
                : next;
    }

    private Moment nextThread() {
        return errands.isEmpty() || threads.get() >= THREADS_MAX ? Moment.NEVER : lastTaken.plus(PATIENCE);
    }

    @Override
    public void check(Moment now) {
        while (!later.isEmpty() && later.peek().due().compareTo(now) <= 0) {
            submit(later.remove().errand(), now);
        }
        if (moreToDeliver) {
            deliver();
            return;
        }
        if (nextThread().compareTo(now) <= 0) {
            lastTaken = now;
            startThread(KEPT_IDLE);
        }
    }

    private void startThread(@Nullable Duration keptIdle) {
        int number = threads.incrementAndGet();
        try {
            Thread thread = new Thread(null, () -> serve(keptIdle), "spawner-" + number, STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
        } catch (OutOfMemoryError error) {
            // pthread_create's EAGAIN: the errands wait for a thread that there is.
            threads.decrementAndGet();
            log.warning("no further spawner thread can be had (" + error.getMessage()
                    + "): starts wait for those there are, so that one slow disk may hold up all");
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
                Result result = new Result(errand);
                result.make();
                underWay.decrementAndGet();
                handIn(result);
                wakeLoop();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            threads.decrementAndGet();
        }
    }

    /// What an errand brought home, or what it failed with. There is one before the errand begins, for afterwards
    /// there may be no memory for it.
    private static final class Result implements Runnable {
        private final Errand errand;
        private @Nullable Runnable outcome;
        private @Nullable Throwable cause;

        Result(Errand errand) {
            this.errand = errand;
        }

        void make() {
            try {
                outcome = errand.run();
            } catch (Throwable failure) {
                cause = failure;
            }
        }

        @Override
        public void run() {
            if (outcome != null) {
                outcome.run();
            } else if (cause != null) {
                errand.failed(cause);
            }
        }
    }

    /// A result is never lost: without it its service would wait for ever.
    private void handIn(Result result) throws InterruptedException {
        while (true) {
            try {
                results.add(result);
                return;
            } catch (OutOfMemoryError _) {
                TimeUnit.MILLISECONDS.sleep(PATIENCE.toMillis());
            }
        }
    }

    /// Where the loop cannot be woken, that is tried again: nothing else may come to wake it.
    private void wakeLoop() throws InterruptedException {
        if (!wakeUpSent.compareAndSet(false, true)) {
            return;
        }
        boolean told = false;
        while (true) {
            try {
                wakeUp.signal();
                return;
            } catch (ErrnoException e) {
                if (!told) {
                    told = true;
                    log.warning("the loop cannot be woken, which is tried again until it can: " + e.getMessage());
                }
                TimeUnit.MILLISECONDS.sleep(PATIENCE.toMillis());
            }
        }
    }

    private void deliver() {
        wakeUpSent.set(false);
        for (int delivered = 0; delivered < DELIVERED_AT_ONCE; delivered++) {
            Runnable result = results.poll();
            if (result == null) {
                moreToDeliver = false;
                return;
            }
            bringHome(result);
        }
        moreToDeliver = true;
    }

    /// One result that fails must not keep the others waiting.
    private void bringHome(Runnable result) {
        try {
            result.run();
        } catch (Throwable cause) {
            log.bug("what a spawner thread brought home", cause);
        }
    }

    private Moment now() {
        return new Moment(kernel.monotonicNanos());
    }
}
