package dev.reeve.daemon.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private static final RestartPolicy POLICY = policy(Duration.ofSeconds(1), Duration.ofSeconds(60));

    @Test
    void theDelayIsDoubledUpToItsMaximum() {
        assertEquals(Duration.ofSeconds(2), POLICY.doubled(Duration.ofSeconds(1)));
        assertEquals(Duration.ofSeconds(60), POLICY.doubled(Duration.ofSeconds(32)));
        assertEquals(Duration.ofSeconds(60), POLICY.doubled(Duration.ofSeconds(60)));
    }

    @Test
    void theFirstDelayIsTheConfiguredOne() {
        assertEquals(Duration.ofSeconds(1), POLICY.decayed(Duration.ZERO, Duration.ZERO));
    }

    @Test
    void aLifeShorterThanTheDelayTakesNothingOff() {
        assertEquals(Duration.ofSeconds(8), POLICY.decayed(Duration.ofSeconds(8), Duration.ofMillis(7_999)));
    }

    @Test
    void theDelayIsHalvedForEveryDelayThatTheServiceStaysUp() {
        assertEquals(Duration.ofSeconds(4), POLICY.decayed(Duration.ofSeconds(8), Duration.ofSeconds(8)));
        assertEquals(Duration.ofSeconds(4), POLICY.decayed(Duration.ofSeconds(8), Duration.ofMillis(11_999)));
        assertEquals(Duration.ofSeconds(2), POLICY.decayed(Duration.ofSeconds(8), Duration.ofSeconds(12)));
        assertEquals(Duration.ofSeconds(1), POLICY.decayed(Duration.ofSeconds(8), Duration.ofSeconds(14)));
    }

    @Test
    void theDelayNeverFallsBelowTheConfiguredOne() {
        assertEquals(Duration.ofSeconds(1), POLICY.decayed(Duration.ofSeconds(60), Duration.ofDays(10_000)));
        RestartPolicy odd = policy(Duration.ofSeconds(3), Duration.ofSeconds(10));
        assertEquals(Duration.ofSeconds(3), odd.decayed(Duration.ofSeconds(5), Duration.ofSeconds(5)));
    }

    @Test
    void aMaximumThatWasLoweredHoldsAtOnce() {
        assertEquals(Duration.ofSeconds(60), POLICY.decayed(Duration.ofSeconds(300), Duration.ZERO));
    }

    @Test
    void withoutADelayThereIsNeverAny() {
        RestartPolicy none = policy(Duration.ZERO, Duration.ZERO);
        assertEquals(Duration.ZERO, none.decayed(Duration.ZERO, Duration.ZERO));
        assertEquals(Duration.ZERO, none.doubled(Duration.ZERO));
    }

    @Test
    void delaysAreNotNegativeAndTheMaximumIsNotTheSmaller() {
        assertThrows(IllegalArgumentException.class, () -> policy(Duration.ofSeconds(-1), Duration.ofSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> policy(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    private static RestartPolicy policy(Duration delay, Duration delayMax) {
        return new RestartPolicy(RestartRule.ALWAYS, delay, delayMax, Optional.empty());
    }
}
