package dev.reeve.daemon.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.process.Absences.Asked;
import dev.reeve.daemon.process.Absences.Prune;
import dev.reeve.daemon.service.Moment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AbsencesTest {
    private static final DirectoryIdentity WEB = new DirectoryIdentity(1, 1);
    private static final DirectoryIdentity MAIL = new DirectoryIdentity(1, 2);
    private static final Moment NOW = new Moment(0);
    private static final Moment LATER = NOW.plus(Settling.ABSENCE);
    private static final Moment JUST_BEFORE = NOW.plus(Settling.ABSENCE.minusNanos(1));

    private final Absences absences = new Absences();

    @Test
    void whoAsksForARescanMeansWhatHeSees() {
        absences.begin();
        absences.missing(WEB, NOW);
        assertTrue(absences.isGone(WEB, Asked.RESCAN, false, NOW));
        assertTrue(absences.isGone(WEB, Asked.RESCAN, true, NOW));
    }

    @Test
    void aScanLeavesWhatIsNotThereHoweverLongItIsAway() {
        readWithout(WEB, NOW);
        absences.begin();
        absences.missing(WEB, LATER);
        assertFalse(absences.isGone(WEB, Asked.SCAN, false, LATER));
        assertFalse(absences.isGone(WEB, Asked.NOTHING, false, LATER));
    }

    @Test
    void whatIsWatchedIsGoneWhenItHasStayedAway() {
        readWithout(WEB, NOW);
        absences.begin();
        assertEquals(NOW, absences.missing(WEB, LATER));
        assertFalse(absences.isGone(WEB, Asked.NOTHING, true, JUST_BEFORE));
        assertTrue(absences.isGone(WEB, Asked.NOTHING, true, LATER));
        assertTrue(absences.isGone(WEB, Asked.SCAN, true, LATER));
    }

    @Test
    void whatComesBackHasNotBeenAway() {
        readWithout(WEB, NOW);
        readWithout(MAIL, NOW);
        absences.begin();
        assertEquals(LATER, absences.missing(WEB, LATER));
        assertFalse(absences.isGone(WEB, Asked.NOTHING, true, LATER));
    }

    @Test
    void whatNobodyKnowsOfStaysAwayButIsNotInactive() {
        readWithout(WEB, NOW);
        absences.begin();
        absences.unknown(WEB);
        absences.end();
        assertFalse(absences.isInactive(WEB));
        absences.begin();
        assertEquals(NOW, absences.missing(WEB, LATER));
    }

    @Test
    void whatWasNotThereTheLastTimeIsInactive() {
        assertFalse(absences.isInactive(WEB));
        readWithout(WEB, NOW);
        assertTrue(absences.isInactive(WEB));
        assertFalse(absences.isInactive(MAIL));
        readWithout(MAIL, NOW);
        assertFalse(absences.isInactive(WEB));
        assertTrue(absences.isInactive(MAIL));
    }

    @Test
    void untilADirectoryWasReadAsAWholeThatOfTheLastTimeCounts() {
        readWithout(WEB, NOW);
        absences.begin();
        absences.missing(MAIL, NOW);
        assertTrue(absences.isInactive(WEB));
        assertFalse(absences.isInactive(MAIL));
    }

    @Test
    void aPruneIsDoneOnce() {
        assertEquals(Optional.empty(), absences.takePrune());
        absences.pruneAsked(false);
        assertTrue(absences.isPruneAsked());
        assertEquals(Optional.of(new Prune(false)), absences.takePrune());
        assertFalse(absences.isPruneAsked());
        assertEquals(Optional.empty(), absences.takePrune());
    }

    @Test
    void oneOfSeveralPrunesThatEndsTheLoggersEndsThem() {
        absences.pruneAsked(false);
        absences.pruneAsked(true);
        absences.pruneAsked(false);
        assertEquals(Optional.of(new Prune(true)), absences.takePrune());
    }

    @Test
    void aRescanIsMoreThanAScan() {
        assertEquals(Asked.RESCAN, Asked.SCAN.and(Asked.RESCAN));
        assertEquals(Asked.RESCAN, Asked.RESCAN.and(Asked.SCAN));
        assertEquals(Asked.SCAN, Asked.NOTHING.and(Asked.SCAN));
    }

    private void readWithout(DirectoryIdentity identity, Moment now) {
        absences.begin();
        absences.missing(identity, now);
        absences.end();
    }
}
