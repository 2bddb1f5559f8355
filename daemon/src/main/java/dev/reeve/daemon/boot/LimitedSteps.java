package dev.reeve.daemon.boot;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Takes steps that may hang for ever.
interface LimitedSteps {

    /// Begins to take the step.
    UnderWay begin(Step step);

    /// What may hang.
    interface Step {
        void run() throws Exception;
    }

    /// A step that was begun. One that hangs is left behind, and may be done yet.
    interface UnderWay {

        /// Waits until it is done, but no longer than that, and answers whether it is. Throws what it has thrown.
        boolean isDoneWithin(Duration limit) throws Exception;
    }

    /// Each on a thread of its own: one in a system call cannot be ended.
    static LimitedSteps onThreads() {
        return step -> {
            OnThread underWay = new OnThread(step);
            Thread thread = new Thread(underWay, "step of the end");
            thread.setDaemon(true);
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                // No more threads are to be had. To hang here is not certain, to leave it undone would be.
                underWay.run();
            }
            return underWay;
        };
    }

    /// A step under way on another thread.
    final class OnThread implements Runnable, UnderWay {
        private final Step step;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile @Nullable Exception failure;

        private OnThread(Step step) {
            this.step = step;
        }

        @Override
        public void run() {
            try {
                step.run();
            } catch (Exception e) {
                failure = e;
            } catch (Error e) {
                failure = new IllegalStateException(e);
            } finally {
                done.countDown();
            }
        }

        @Override
        public boolean isDoneWithin(Duration limit) throws Exception {
            if (!done.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            Exception cause = failure;
            if (cause != null) {
                throw cause;
            }
            return true;
        }
    }
}
