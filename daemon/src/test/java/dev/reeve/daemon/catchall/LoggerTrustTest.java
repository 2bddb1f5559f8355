package dev.reeve.daemon.catchall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoggerTrustTest {
    private static final Duration SHORT = Duration.ofSeconds(59);
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void twoFailuresAreForgiven() {
        assertFalse(LoggerTrust.WHOLE.isLost());
        assertFalse(LoggerTrust.WHOLE.afterFailure().afterFailure().isLost());
    }

    @Test
    void theThirdIsOneTooMany() {
        LoggerTrust trust = LoggerTrust.WHOLE.afterFailure().afterFailure().afterFailure();
        assertTrue(trust.isLost());
        assertEquals(LoggerTrust.LOST, trust);
    }

    @Test
    void whoWasReadyForAWhileBetweenThemHasBegunAnew() {
        LoggerTrust twice = LoggerTrust.WHOLE.afterFailure().afterFailure();
        assertTrue(twice.afterBeingReady(SHORT).afterFailure().isLost());
        assertFalse(twice.afterBeingReady(LONG).afterFailure().isLost());
    }

    @Test
    void soHasWhoWasNotToBeWaitedFor() {
        assertTrue(LoggerTrust.LOST.afterFailure().isLost());
        assertTrue(LoggerTrust.LOST.afterBeingReady(SHORT).isLost());
        assertEquals(LoggerTrust.WHOLE, LoggerTrust.LOST.afterBeingReady(LONG));
    }
}
