package dev.reeve.daemon.process;

import static dev.reeve.daemon.process.Settling.ABSENCE;
import static dev.reeve.daemon.process.Settling.QUIET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.service.Moment;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final Settling settling = new Settling();
    private Moment now = new Moment(-5);

    @Test
    void whereNothingChangesThereIsNothingToRead() {
        assertEquals(Moment.NEVER, settling.next());
    }

    @Test
    void whatIsThereAsAWholeIsReadAtOnce() {
        settling.arrived("web", now);

        assertEquals(now, settling.next());
        assertFalse(settling.isUnfinished("web"));
        assertEquals(Set.of(), settling.postponed(now));
    }

    @Test
    void whatIsMadeInPlaceIsReadWhenItHasBeenQuiet() {
        settling.made("web", now);
        pass(A_MOMENT);
        settling.changed("web", now);

        assertEquals(now.plus(QUIET), settling.next());
        assertEquals(Set.of("web"), settling.postponed(now));
        assertEquals(Set.of(), settling.quiet(now));
        pass(QUIET);
        assertEquals(Set.of(), settling.postponed(now));
        assertEquals(Set.of("web"), settling.quiet(now));
    }

    @Test
    void whatWasTakenIsNotLookedAtAgain() {
        settling.made("web", now);
        pass(QUIET);
        read(Set.of());

        assertFalse(settling.isUnfinished("web"));
        assertEquals(Moment.NEVER, settling.next());
        settling.changed("web", now);
        assertEquals(Moment.NEVER, settling.next(), "an editor is at work in a service");
    }

    @Test
    void whatIsNotFinishedWaitsForItsNextChange() {
        settling.made("web", now);
        pass(QUIET);
        read(Set.of("web"));

        assertEquals(Moment.NEVER, settling.next());
        assertEquals(Set.of("web"), settling.postponed(now));
        settling.changed("web", now);
        assertEquals(now.plus(QUIET), settling.next());
    }

    @Test
    void whatChangesWhileItIsReadIsNotSettled() {
        settling.made("web", now);
        pass(QUIET);
        Set<String> quiet = settling.quiet(now);
        settling.begins(quiet);
        settling.changed("web", now);
        settling.ends(quiet, Set.of(), now);

        assertTrue(settling.isUnfinished("web"));
        assertEquals(now.plus(QUIET), settling.next());
    }

    @Test
    void whatIsMadeWhileItIsReadIsUnfinished() {
        settling.arrived("db", now);
        Set<String> quiet = settling.quiet(now);
        settling.begins(quiet);
        settling.made("web", now);
        settling.ends(quiet, Set.of(), now);

        assertTrue(settling.isUnfinished("web"));
    }

    @Test
    void whatIsMadeAndGoesWhileItIsReadIsNoService() {
        settling.made("web", now);
        settling.left("web", now);
        settling.arrived("db", now);
        settling.begins(Set.of());
        assertFalse(settling.wasTouched("web"), "it had gone before");
        settling.made("web", now);
        settling.left("web", now);
        settling.ends(Set.of(), Set.of(), now);

        assertTrue(settling.wasTouched("web"));
        pass(A_MOMENT);
        assertEquals(now, settling.next());
        read(Set.of());
        assertFalse(settling.wasTouched("web"));
    }

    @Test
    void whatLeavesAndComesBackAsAWholeIsFinished() {
        settling.made("web", now);
        settling.left("web", now);
        assertFalse(settling.isUnfinished("web"));
        settling.made("web", now);
        settling.arrived("web", now);
        assertFalse(settling.isUnfinished("web"));
    }

    @Test
    void howeverMuchChangesThereIsAPauseBetweenTwoReadings() {
        settling.arrived("web", now);
        read(Set.of());
        settling.arrived("db", now);

        assertEquals(now.plus(A_MOMENT), settling.next());
    }

    @Test
    void whatIsMissedIsLookedForWhenItWasAwayForLong() {
        settling.missed(now);
        Moment first = now;
        pass(A_MOMENT);
        settling.missed(now);

        assertEquals(first.plus(ABSENCE), settling.next());
    }

    @Test
    void whereChangesWereLostNothingNewCountsAsWhole() {
        settling.made("web", now);
        pass(QUIET);
        settling.lost(now);

        assertEquals(now, settling.next());
        assertEquals(Set.of("web"), settling.postponed(now), "it may have changed");
        read(Set.of());
        assertTrue(settling.isUnsure());
        settling.arrived("db", now);
        pass(A_MOMENT);
        read(Set.of());
        assertFalse(settling.isUnsure());
    }

    @Test
    void whatWasLostWhileItWasReadMattersToTheNextReadingToo() {
        settling.arrived("web", now);
        settling.begins(Set.of());
        settling.lost(now);
        settling.ends(Set.of(), Set.of(), now);
        assertTrue(settling.isUnsure());
        pass(A_MOMENT);

        assertEquals(now, settling.next());
        read(Set.of());
        assertTrue(settling.isUnsure());
    }

    @Test
    void whatCouldNotBeReadIsTriedAgain() {
        settling.made("web", now);
        settling.lost(now);
        pass(QUIET);
        Set<String> quiet = settling.quiet(now);
        settling.begins(quiet);
        settling.failed(quiet, now);

        assertEquals(now.plus(ABSENCE), settling.next());
        pass(ABSENCE);
        assertEquals(Set.of("web"), settling.quiet(now));
        read(Set.of("web"));
        assertTrue(settling.isUnsure());
    }

    private void read(Set<String> unfinished) {
        Set<String> quiet = settling.quiet(now);
        settling.begins(quiet);
        settling.ends(quiet, unfinished, now);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
