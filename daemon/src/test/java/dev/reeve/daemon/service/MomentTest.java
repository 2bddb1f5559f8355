package dev.reeve.daemon.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MomentTest {
    private static final Moment MOMENT = new Moment(5);

    @Test
    void aDurationLaterIsLater() {
        assertEquals(new Moment(12), MOMENT.plus(Duration.ofNanos(7)));
        assertEquals(Duration.ofNanos(7), new Moment(12).since(MOMENT));
        assertTrue(MOMENT.isBefore(new Moment(12)));
        assertFalse(MOMENT.isBefore(MOMENT));
    }

    @Test
    void whatLiesBeyondTheEndOfTimeIsNever() {
        assertEquals(Moment.NEVER, new Moment(Long.MAX_VALUE - 1).plus(Duration.ofSeconds(1)));
        assertEquals(Moment.NEVER, Moment.NEVER.plus(Duration.ZERO));
        assertTrue(MOMENT.isBefore(Moment.NEVER));
    }
}
