package dev.reeve.daemon.boot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Takes steps in virtual time: what a step says that it takes ([#take]) passes when somebody waits for it.
final class VirtualSteps implements LimitedSteps {
    private static final long NEVER = Long.MAX_VALUE;

    private long now;
    private long taken;

    /// Thrown by a step that never returns.
    private static final class Hangs extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    long now() {
        return now;
    }

    /// When it is for the step under way.
    long nowInStep() {
        return now + taken;
    }

    /// The step under way takes so long for this.
    void take(Duration duration) {
        taken += duration.toNanos();
    }

    /// To be thrown where the step under way never returns.
    RuntimeException hang() {
        return new Hangs();
    }

    @Override
    public UnderWay begin(Step step) {
        taken = 0;
        @Nullable Exception failure = null;
        long end;
        try {
            step.run();
            end = now + taken;
        } catch (Hangs e) {
            end = NEVER;
        } catch (Exception e) {
            failure = e;
            end = now + taken;
        }
        taken = 0;
        return awaiting(end, failure);
    }

    private UnderWay awaiting(long end, @Nullable Exception failure) {
        return limit -> {
            if (end == NEVER || end > now + limit.toNanos()) {
                now += limit.toNanos();
                return false;
            }
            now = Math.max(now, end);
            if (failure != null) {
                throw failure;
            }
            return true;
        };
    }
}
