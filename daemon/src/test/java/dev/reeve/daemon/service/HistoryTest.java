package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.ServiceSamples.SETTINGS;
import static dev.reeve.daemon.service.ServiceSamples.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.service.ExitStatus.Exited;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final ExitStatus EXIT = new Exited(1);

    @Test
    void aServiceThatNeverRanMayStartAtAnyTime() {
        assertEquals(-1, Integer.signum(History.NONE.startNotBefore().compareTo(new Moment(0))));
    }

    @Test
    void aServiceThatDiesAtOnceWaitsTwiceAsLongEachTimeUpToAMinute() {
        History history = History.NONE;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            history = history.endedUnasked(EXIT, startedAt(100), at(100));
            assertEquals(at(100 + seconds), history.startNotBefore());
        }
        assertEquals(8, history.restarts());
        assertEquals(Optional.of(EXIT), history.lastExit());
    }

    @Test
    void aServiceThatLivesExactlyItsDelayStartsAgainAtOnceAndWaitsNoLonger() {
        History history = History.NONE.endedUnasked(EXIT, startedAt(100), at(101));
        assertEquals(new History(Optional.of(EXIT), 1, Duration.ofSeconds(1), at(101)), history);
    }

    @Test
    void theDelayCountsFromItsReadinessIfItAnnouncedOne() {
        Run readyLate = startedAt(10).ready(at(99));
        assertEquals(
                at(100), History.NONE.endedUnasked(EXIT, readyLate, at(99.5)).startNotBefore());
    }

    @Test
    void aLongLifeMakesUpForManyShortOnes() {
        History grown = new History(Optional.of(EXIT), 7, Duration.ofSeconds(60), at(0));
        assertEquals(
                new History(Optional.of(EXIT), 8, Duration.ofSeconds(1), at(101)),
                grown.endedUnasked(EXIT, startedAt(100), at(1000)));
    }

    @Test
    void whatWasAskedForIsNoRestartAndLeavesTheDelayAsItIs() {
        History grown = new History(Optional.empty(), 7, Duration.ofSeconds(8), at(200));
        assertEquals(
                new History(Optional.of(EXIT), 7, Duration.ofSeconds(8), at(100)), grown.endedAsAsked(EXIT, at(100)));
    }

    @Test
    void failuresToSpawnAreThrottledToo() {
        History once = History.NONE.notSpawned(at(100));
        assertEquals(new History(Optional.empty(), 0, Duration.ofSeconds(2), at(101)), once);
        assertEquals(new History(Optional.empty(), 0, Duration.ofSeconds(4), at(103)), once.notSpawned(at(101)));
    }

    @Test
    void withoutALimitNoEndIsCounted() {
        History history = History.NONE.endedUnasked(EXIT, startedAt(100), at(101));
        assertEquals(List.of(), history.recentEnds());
    }

    @Test
    void noMoreEndsAreKeptThanTheLimitNeeds() {
        History history = History.NONE;
        for (int second = 1; second <= 50; second++) {
            history = history.endedUnasked(EXIT, limited(2, 60), at(second));
        }
        assertEquals(List.of(at(1), at(2)), history.recentEnds());
        assertEquals(2, history.restarts());
    }

    @Test
    void anEndThatIsAsLongAgoAsThePeriodCountsNoMore() {
        History twice =
                History.NONE.endedUnasked(EXIT, limited(2, 60), at(1)).endedUnasked(EXIT, limited(2, 60), at(40));
        assertEquals(
                List.of(at(40), at(61)),
                twice.endedUnasked(EXIT, limited(2, 60), at(61)).recentEnds());
        assertTrue(twice.endedUnasked(EXIT, limited(2, 60), at(60.9)).failure().isPresent());
    }

    @Test
    void someonesAskingForItMakesAnEndOfCountingAndOfFailure() {
        History failed =
                History.NONE.endedUnasked(EXIT, limited(1, 60), at(1)).endedUnasked(EXIT, limited(1, 60), at(2));
        assertEquals(
                Optional.of("it ended 2 times in 60 seconds, more often than its restart-limit allows (the last time:"
                        + " exit code 1); \"reeve start\" starts it again"),
                failed.failure());
        assertEquals(List.of(), failed.startingAtOnce(at(3)).recentEnds());
        assertEquals(Optional.empty(), failed.startingAtOnce(at(3)).failure());
    }

    @Test
    void whyARunWasAbortedIsKeptUntilTheNextEndsOrSomeoneAsks() {
        Optional<String> silent = Optional.of("silent");
        History aborted = History.NONE.endedUnasked(EXIT, startedAt(0), at(1)).causedBy(silent);
        assertEquals(silent, aborted.cause());
        assertEquals(silent, aborted.notSpawned(at(2)).cause());
        assertEquals(silent, aborted.withoutFailure().cause());
        assertEquals(
                Optional.empty(),
                aborted.endedUnasked(EXIT, startedAt(2), at(3)).cause());
        assertEquals(Optional.empty(), aborted.endedOnce(EXIT).cause());
        assertEquals(Optional.empty(), aborted.startingAtOnce(at(2)).cause());
    }

    private static Run limited(int ends, int seconds) {
        RestartLimit limit = new RestartLimit(ends, Duration.ofSeconds(seconds));
        RestartPolicy policy = new RestartPolicy(
                RestartRule.ALWAYS, Duration.ofSeconds(1), Duration.ofSeconds(60), Optional.of(limit));
        return new Run(new Pid(1), new RunSettings(false, policy, StopSettings.DEFAULT), at(0), Optional.empty());
    }

    private static Run startedAt(double seconds) {
        return new Run(new Pid(1), SETTINGS, at(seconds), Optional.empty());
    }
}
