package dev.reeve.daemon.s6;

import static dev.reeve.daemon.s6.SvscanOrder.ABORT;
import static dev.reeve.daemon.s6.SvscanOrder.PRUNE;
import static dev.reeve.daemon.s6.SvscanOrder.PRUNE_LOGGERS_TOO;
import static dev.reeve.daemon.s6.SvscanOrder.QUIT;
import static dev.reeve.daemon.s6.SvscanOrder.REAP;
import static dev.reeve.daemon.s6.SvscanOrder.SCAN;
import static dev.reeve.daemon.s6.SvscanOrder.TERMINATE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.service.Signal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SvscanOrderTest {

    @Test
    void eachLetterOfS6SvscanctlMeansWhatItMeansToS6Svscan() {
        assertEquals(List.of(REAP), told("z"));
        assertEquals(List.of(SCAN), told("a"));
        assertEquals(List.of(ABORT), told("b"));
        assertEquals(List.of(SCAN, PRUNE), told("h"));
        assertEquals(List.of(TERMINATE), told("i"));
        assertEquals(List.of(TERMINATE), told("t"));
        assertEquals(List.of(QUIT), told("q"));
        assertEquals(List.of(PRUNE), told("n"));
        assertEquals(List.of(PRUNE_LOGGERS_TOO), told("N"));
    }

    @Test
    void noOtherByteMeansAnything() {
        for (char letter = 0; letter <= 255; letter++) {
            if ("zabhitqnN".indexOf(letter) < 0) {
                assertEquals(Set.of(), SvscanOrder.of(letter), "letter " + (int) letter);
            }
        }
    }

    @Test
    void whatIsSaidTogetherIsScannedBeforeItIsPruned() {
        assertEquals(List.of(SCAN, PRUNE), told("an"));
        assertEquals(List.of(SCAN, PRUNE), told("na"));
        assertEquals(List.of(SCAN, PRUNE, PRUNE_LOGGERS_TOO), told("Nh"));
    }

    @Test
    void whoIsToldToAbortLastWaitsForNobody() {
        assertEquals(List.of(TERMINATE, ABORT), told("tb"));
        assertEquals(List.of(QUIT, ABORT), told("qb"));
        assertEquals(List.of(TERMINATE), told("bt"));
        assertEquals(List.of(QUIT), told("bq"));
        assertEquals(List.of(SCAN, ABORT), told("ba"));
    }

    @Test
    void eachSignalMeansWhatItMeansToS6Svscan() {
        assertEquals(Set.of(SCAN, PRUNE), SvscanOrder.of(Signal.HUP));
        assertEquals(Set.of(TERMINATE), SvscanOrder.of(Signal.INT));
        assertEquals(Set.of(TERMINATE), SvscanOrder.of(Signal.TERM));
        assertEquals(Set.of(QUIT), SvscanOrder.of(signal("QUIT")));
        assertEquals(Set.of(SCAN), SvscanOrder.of(signal("ALRM")));
        assertEquals(Set.of(ABORT), SvscanOrder.of(signal("ABRT")));
        for (String nothing : List.of("USR1", "USR2", "PWR", "WINCH")) {
            assertEquals(Set.of(), SvscanOrder.of(signal(nothing)), nothing);
        }
    }

    private static List<SvscanOrder> told(String letters) {
        Set<SvscanOrder> orders = EnumSet.noneOf(SvscanOrder.class);
        letters.chars().forEach(letter -> SvscanOrder.add(orders, SvscanOrder.of((char) letter)));
        return List.copyOf(orders);
    }

    private static Signal signal(String name) {
        return Signal.parse(name).orElseThrow();
    }
}
