package dev.reeve.daemon.boot;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Takes steps that may hang for ever, and waits for each no longer than it may take.
interface LimitedSteps {

    /// Takes the step, and answers whether it was done in time. What it throws, this throws. One that was not done
    /// in time may be done yet.
    boolean isDoneWithin(Duration limit, Step step) throws Exception;

    /// What may hang.
    interface Step {
        void run() throws Exception;
    }

    /// Each step on a thread of its own, which is left behind if it hangs: a thread in a system call cannot be
    /// ended.
    static LimitedSteps onThreads() {
        return LimitedSteps::takenByThread;
    }

    private static boolean takenByThread(Duration limit, Step step) throws Exception {
        Taking taking = new Taking(step);
        Thread thread = new Thread(taking, "step of the end");
        thread.setDaemon(true);
        thread.start();
        if (!taking.taken.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        if (taking.failure != null) {
            throw taking.failure;
        }
        return true;
    }

    /// A step under way.
    final class Taking implements Runnable {
        private final Step step;
        private final CountDownLatch taken = new CountDownLatch(1);
        private @Nullable Exception failure;

        private Taking(Step step) {
            this.step = step;
        }

        @Override
        public void run() {
            try {
                step.run();
            } catch (Exception e) {
                failure = e;
            } finally {
                taken.countDown();
            }
        }
    }
}
