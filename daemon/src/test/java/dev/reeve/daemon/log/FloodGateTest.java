package dev.reeve.daemon.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FloodGateTest {
    private static final long START = -5;

    private final FloodGate gate = new FloodGate(START);
    private long now = START;

    @Test
    void whatIsSaidAgainIsToldOnceAndThenCounted() {
        assertTrue(admits("web died"));
        for (int i = 0; i < 5; i++) {
            assertFalse(admits("web died"));
        }
        passSeconds(59);
        assertEquals(List.of(), gate.due(now));
        passSeconds(1);
        assertEquals(List.of("web died (5 more times in 60 s)"), gate.due(now));
    }

    @Test
    void whatGoesOnIsToldMoreAndMoreSeldom() {
        List<String> lines = new ArrayList<>();
        for (int second = 0; second < 7 * 3_600; second++) {
            if (admits("web died")) {
                lines.add("web died");
            }
            passSeconds(1);
            lines.addAll(gate.due(now));
        }
        assertEquals("web died", lines.getFirst());
        assertEquals("web died (59 more times in 60 s)", lines.get(1));
        assertEquals("web died (120 more times in 120 s)", lines.get(2));
        assertEquals("web died (3600 more times in 3600 s)", lines.getLast());
        assertEquals(12, lines.size());
    }

    @Test
    void whatWasNotSaidAgainIsNewOnceItsMinuteIsOver() {
        assertTrue(admits("web died"));
        passSeconds(60);
        assertEquals(List.of(), gate.due(now));
        assertTrue(admits("web died"));
    }

    @Test
    void otherMessagesAreNotHeldBack() {
        assertTrue(admits("web died"));
        assertTrue(admits("db died"));
        assertFalse(admits("web died"));
    }

    @Test
    void aFloodOfDifferentMessagesIsToldUntilThereIsNoRoomAndThenCounted() {
        int told = 0;
        for (int i = 0; i < 100_000; i++) {
            told += admits("service " + i + " died") ? 1 : 0;
        }
        assertEquals(FloodGate.AT_ONCE, told);
        passSeconds(60);
        assertEquals(
                1,
                gate.due(now).stream()
                        .filter(line -> line.contains("99800 further messages"))
                        .count());
        assertEquals(FloodGate.NEVER, gate.nextDue());
    }

    @Test
    void thereIsRoomForOneMoreEachSecond() {
        for (int i = 0; i < FloodGate.AT_ONCE; i++) {
            admits("first " + i);
        }
        assertFalse(admits("too much"));
        passSeconds(2);
        assertTrue(admits("one"));
        assertTrue(admits("two"));
        assertFalse(admits("three"));
    }

    @Test
    void thereIsNeverRoomForMoreThanSoManyAtOnce() {
        passSeconds(1_000_000);
        int told = 0;
        for (int i = 0; i < 1_000; i++) {
            told += admits("message " + i) ? 1 : 0;
        }
        assertEquals(FloodGate.AT_ONCE, told);
    }

    @Test
    void itSaysWhenItIsDueAndNeverWhereNothingWasCounted() {
        assertEquals(FloodGate.NEVER, gate.nextDue());
        admits("web died");
        assertEquals(FloodGate.NEVER, gate.nextDue());
        passSeconds(10);
        admits("web died");
        assertEquals(START + FloodGate.PERIOD_NANOS, gate.nextDue());
        passSeconds(50);
        gate.due(now);
        assertEquals(FloodGate.NEVER, gate.nextDue());
    }

    @Test
    void atTheEndAllCountsAreTold() {
        admits("web died");
        admits("web died");
        for (int i = 0; i < FloodGate.AT_ONCE; i++) {
            admits("message " + i);
        }
        List<String> rest = gate.rest();
        assertEquals("web died (once more)", rest.getFirst());
        assertTrue(rest.getLast().startsWith("reeved: warning: 1 further messages were left out"), rest.getLast());
        assertEquals(List.of(), gate.rest());
    }

    @Test
    void atTheEndOfAMachineWhatWasSaidMostOftenIsTold() {
        for (int service = 1; service <= FloodGate.REST_MAX + 2; service++) {
            for (int times = 0; times <= service; times++) {
                admits("service " + service);
            }
        }
        List<String> rest = gate.rest();
        assertEquals(FloodGate.REST_MAX + 1, rest.size());
        assertEquals("service 12 (12 more times)", rest.getFirst());
        assertEquals("service 3 (3 more times)", rest.get(FloodGate.REST_MAX - 1));
        assertEquals("reeved: info: 2 other messages came again, too", rest.getLast());
    }

    @Test
    void itRemembersABoundedNumberOfMessages() {
        for (int second = 0; second < 20_000; second++) {
            admits("message " + second);
            passSeconds(1);
        }
        // A memory that is full of what is over takes new messages.
        assertTrue(admits("web died"));
        assertFalse(admits("web died"));
    }

    private boolean admits(String message) {
        return gate.admits(message, now);
    }

    private void passSeconds(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void whatIsDueFirstIsKnownOfMany() {
        long later = START + 1;
        gate.admits("web died", START);
        gate.admits("db died", later);
        gate.admits("db died", later);
        assertEquals(later + FloodGate.PERIOD_NANOS, gate.nextDue());
        gate.admits("web died", later);
        assertEquals(START + FloodGate.PERIOD_NANOS, gate.nextDue());

        assertEquals(List.of("web died (once more in 60 s)"), gate.due(START + FloodGate.PERIOD_NANOS));
        assertEquals(later + FloodGate.PERIOD_NANOS, gate.nextDue());
    }
}
