package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventFd;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.Moment;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Threads that run errands: a program on a hung disk holds up its own service only, and what is written for others to
/// read holds up none.
public final class SpawnerThreads implements Spawners, AutoCloseable {
    private static final int DELIVERED_AT_ONCE = 1_000;
    private static final Moment AT_ONCE = new Moment(0);
    private static final Duration RETRY = Duration.ofMillis(100);

    /// How long the end of the daemon waits for slow disks.
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Kernel kernel;
    private final Log log;
    private final EventFd wakeUp;
    private final ErrandLane main;
    private final ErrandLane aside;
    private final Queue<Runnable> results = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> mentioned = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeUpSent = new AtomicBoolean();
    private final AtomicInteger underWay = new AtomicInteger();

    /// Both belong to the loop's thread.
    private final PriorityQueue<Later> later = new PriorityQueue<>();

    private boolean moreToDeliver;

    private record Later(Moment due, Errand errand) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            return due.compareTo(other.due);
        }
    }

    public SpawnerThreads(Kernel kernel, EventLoop loop, Log log) throws ErrnoException {
        this.kernel = kernel;
        this.log = log;
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
        main = new ErrandLane("spawner", kernel, log, this::perform);
        aside = new ErrandLane("writer", kernel, log, this::perform);
        main.begin();
    }

    @Override
    public void submit(Errand errand, Moment now) {
        submit(main, errand, now);
    }

    private void submit(ErrandLane lane, Errand errand, Moment now) {
        underWay.incrementAndGet();
        lane.submit(errand, now);
    }

    @Override
    public void submitAside(Moment due, Errand errand, Moment now) {
        if (due.compareTo(now) <= 0) {
            submit(aside, errand, now);
            return;
        }
        later.add(new Later(due, errand));
    }

    @Override
    public void mention(Runnable fact) {
        mentioned.add(fact);
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
            return AT_ONCE;
        }
        Moment next = earlier(main.nextCheck(), aside.nextCheck());
        return later.isEmpty() ? next : earlier(later.peek().due(), next);
    }

    private static Moment earlier(Moment one, Moment other) {
        return one.isBefore(other) ? one : other;
    }

    @Override
    public void check(Moment now) {
        while (!later.isEmpty() && later.peek().due().compareTo(now) <= 0) {
            submit(aside, later.remove().errand(), now);
        }
        for (Runnable fact = mentioned.poll(); fact != null; fact = mentioned.poll()) {
            bringHome(fact);
        }
        takeResults();
        main.check(now);
        aside.check(now);
    }

    private void perform(Errand errand) throws InterruptedException {
        Result result = new Result(errand);
        result.make();
        underWay.decrementAndGet();
        if (result.isToBeTold()) {
            handIn(result);
            wakeLoop();
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

        boolean isToBeTold() {
            return outcome != Errand.NOTHING_TO_TELL;
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
                TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
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
                TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
            }
        }
    }

    private void deliver() {
        wakeUpSent.set(false);
        takeResults();
    }

    private void takeResults() {
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
