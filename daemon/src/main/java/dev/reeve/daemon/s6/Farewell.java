package dev.reeve.daemon.s6;

import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Has the last of every service written at the end of the daemon, when nobody brings errands home any more. What waits
/// for a disk that hangs keeps nobody else's waiting: while nothing gets on there are more and more threads.
final class Farewell {
    /// So many services on dead disks keep no other's last words from being told.
    private static final int THREADS_MAX = 64;

    private static final long STALL_MILLIS = 50;

    private final Queue<Runnable> waiting;
    private final CountDownLatch left;
    private int threads;

    /// Each delivery may block, and comes to its end by itself otherwise.
    Farewell(Collection<Runnable> deliveries) {
        waiting = new ConcurrentLinkedQueue<>(deliveries);
        left = new CountDownLatch(deliveries.size());
    }

    /// Waits until all is delivered, or for so long; answers how many are not. Throws [OutOfMemoryError] where there
    /// is no thread to be had at all.
    long say(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long before = left.getCount();
        while (left.getCount() > 0 && System.nanoTime() - end < 0) {
            if (left.getCount() == before) {
                addThreads();
            }
            before = left.getCount();
            if (left.await(STALL_MILLIS, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        return left.getCount();
    }

    /// One, then twice as many each time.
    private void addThreads() {
        int wanted = Math.min(THREADS_MAX, Math.max(1, 2 * threads));
        while (threads < wanted && !waiting.isEmpty()) {
            Thread thread = new Thread(this::deliver, "s6-farewell-" + threads);
            thread.setDaemon(true);
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                if (threads == 0) {
                    throw e;
                }
                return;
            }
            threads++;
        }
    }

    private void deliver() {
        for (Runnable delivery = waiting.poll(); delivery != null; delivery = waiting.poll()) {
            try {
                delivery.run();
            } finally {
                left.countDown();
            }
        }
    }
}
