package dev.reeve.daemon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.daemon.boot.LimitedSteps.UnderWay;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LimitedStepsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LimitedSteps steps = LimitedSteps.onThreads();

    @Test
    void aStepThatHangsIsLeftBehindAndMayBeDoneYet() throws Exception {
        CountDownLatch server = new CountDownLatch(1);

        UnderWay hung = steps.begin(server::await);

        assertFalse(hung.isDoneWithin(Duration.ofMillis(1)));
        assertTrue(steps.begin(() -> {}).isDoneWithin(PATIENCE));
        server.countDown();
        assertTrue(hung.isDoneWithin(PATIENCE));
    }

    @Test
    void whatAStepThrowsWhoeverWaitsForItGets() {
        UnderWay failing = steps.begin(() -> {
            throw new ErrnoException("unmount /srv", Errno.EBUSY);
        });

        ErrnoException e = assertThrows(ErrnoException.class, () -> failing.isDoneWithin(PATIENCE));
        assertEquals(Errno.EBUSY, e.errno());
    }

    @Test
    void anErrorOfOurOwnCostsTheStepOnly() {
        UnderWay failing = steps.begin(() -> {
            throw new StackOverflowError();
        });

        Exception e = assertThrows(IllegalStateException.class, () -> failing.isDoneWithin(PATIENCE));
        assertInstanceOf(StackOverflowError.class, e.getCause());
    }
}
