package dev.reeve.daemon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.Moment;
import dev.reeve.protocol.Reply.Refusal;
import dev.reeve.protocol.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final Peer ALICE = new Peer(1000, 100, 4711);
    private static final Request STOP = new Request.Stop(1, List.of("web"));

    private final List<String> lines = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private Moment now = new Moment(0);
    private final Audit audit = new Audit(new LinesLog(), () -> now, later::add);

    @Test
    void aChangeIsToldWithItsPeer() {
        audit.done(ALICE, STOP);
        assertEquals(List.of("uid 1000, gid 100, pid 4711: stop web"), lines);
    }

    @Test
    void aRefusalIsToldWithItsReason() {
        audit.refused(ALICE, new Request.Signal(1, "FOO", List.of("a\nb")), Refusal.BAD_REQUEST, "FOO is no signal");
        assertEquals(
                List.of("uid 1000, gid 100, pid 4711: signal FOO a?b: refused, bad-request: FOO is no signal"), lines);
    }

    @Test
    void manyAndLongNamesMakeAShortLine() {
        audit.done(
                ALICE,
                new Request.Start(
                        1,
                        IntStream.range(0, 4_000)
                                .mapToObj(i -> "n" + i + "x".repeat(200))
                                .toList()));
        assertTrue(lines.getFirst().endsWith(" and 3992 more"), lines.getFirst());
        assertTrue(lines.getFirst().length() < 700, lines.getFirst());
    }

    @Test
    void aFloodIsCountedAndTheCountIsTold() {
        for (int i = 0; i < 10_000; i++) {
            audit.refusedLine(ALICE, "not JSON");
        }
        assertEquals(Audit.LINES_A_SECOND, lines.size());
        assertEquals(1, later.size());
        later.getFirst().run();
        assertEquals(
                "9980 further requests and connections were refused or cut off, the last of uid 1000, gid 100,"
                        + " pid 4711",
                lines.getLast());
    }

    @Test
    void aChangeIsNotHiddenBehindAFloodOfNonsense() {
        for (int i = 0; i < 10_000; i++) {
            audit.refusedLine(ALICE, "not JSON");
        }
        audit.done(ALICE, STOP);
        assertEquals("uid 1000, gid 100, pid 4711: stop web", lines.getLast());
    }

    @Test
    void afterASecondLinesAreToldAgain() {
        for (int second = 0; second < 3; second++) {
            for (int i = 0; i < 100; i++) {
                audit.done(ALICE, STOP);
            }
            now = now.plus(Duration.ofSeconds(1));
        }
        audit.close();
        assertEquals(3 * (Audit.LINES_A_SECOND + 1), lines.size());
    }

    private final class LinesLog implements Log {
        @Override
        public void info(String message) {
            throw new AssertionError(message);
        }

        @Override
        public void warning(String message) {
            throw new AssertionError(message);
        }

        @Override
        public void audit(String message) {
            lines.add(message);
        }

        @Override
        public void bug(String message, Throwable cause) {
            throw new AssertionError(message, cause);
        }
    }
}
