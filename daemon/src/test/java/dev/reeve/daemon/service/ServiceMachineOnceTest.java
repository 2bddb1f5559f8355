package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.ServiceSamples.ANNOUNCING;
import static dev.reeve.daemon.service.ServiceSamples.EXIT;
import static dev.reeve.daemon.service.ServiceSamples.GIVEN_UP;
import static dev.reeve.daemon.service.ServiceSamples.HISTORY;
import static dev.reeve.daemon.service.ServiceSamples.NOW;
import static dev.reeve.daemon.service.ServiceSamples.PID;
import static dev.reeve.daemon.service.ServiceSamples.RUN;
import static dev.reeve.daemon.service.ServiceSamples.SETTINGS;
import static dev.reeve.daemon.service.ServiceSamples.THROTTLED;
import static dev.reeve.daemon.service.ServiceSamples.at;
import static dev.reeve.daemon.service.Want.DOWN;
import static dev.reeve.daemon.service.Want.ONCE;
import static dev.reeve.daemon.service.Want.UP;

import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ServiceEffect.ReadStopSettings;
import dev.reeve.daemon.service.ServiceEffect.Spawn;
import dev.reeve.daemon.service.ServiceEffect.SpawnFinish;
import dev.reeve.daemon.service.ServiceEvent.FinishEnded;
import dev.reeve.daemon.service.ServiceEvent.NotAgainRequested;
import dev.reeve.daemon.service.ServiceEvent.OnceRequested;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.RestartRequested;
import dev.reeve.daemon.service.ServiceEvent.SpawnFailed;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceState.AskedToStop;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Finishing;
import dev.reeve.daemon.service.ServiceState.Killing;
import dev.reeve.daemon.service.ServiceState.KillingFinish;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import dev.reeve.daemon.service.ServiceState.Starting;
import dev.reeve.daemon.service.ServiceState.Stopping;
import dev.reeve.daemon.service.ServiceState.Up;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What becomes of a service that is to run until it ends by itself, and not to be started again, cell by cell.
class ServiceMachineOnceTest extends MachineSentences {
    private static final ServiceEvent RUN_ONCE = new OnceRequested();
    private static final ServiceEvent NOT_AGAIN = new NotAgainRequested();
    private static final ServiceEvent START = new StartRequested();
    private static final ServiceEvent RESTART = new RestartRequested();

    @Nested
    class WhenItRests {
        private final Down down = new Down(THROTTLED);
        private final BackingOff backingOff = new BackingOff(Optional.empty(), at(105), THROTTLED);
        private final Failed failed = new Failed("given up", THROTTLED);

        @Test
        void itIsStartedAtOnce() {
            List.of(down, backingOff, failed)
                    .forEach(state ->
                            after(state, RUN_ONCE).comes(new Spawning(ONCE, startingNow(THROTTLED)), new Spawn()));
        }

        @Test
        void whatWaitsToBeStartedAgainIsNot() {
            after(backingOff, NOT_AGAIN).comes(new Down(THROTTLED));
        }

        @Test
        void whatIsNotToBeStartedStaysWhereItIs() {
            nothingFollows(down, NOT_AGAIN);
            nothingFollows(failed, NOT_AGAIN);
        }
    }

    @Nested
    class WhenSpawning {
        private final Spawning once = new Spawning(ONCE, HISTORY);

        @Test
        void theLastWordOnWhatIsWantedCounts() {
            after(new Spawning(UP, HISTORY), RUN_ONCE).comes(once);
            after(new Spawning(DOWN, HISTORY), RUN_ONCE).comes(once);
            after(once, RUN_ONCE).comes(once);
            after(new Spawning(UP, HISTORY), NOT_AGAIN).comes(once);
            after(once, START).comes(new Spawning(UP, HISTORY));
            after(once, new StopRequested()).comes(new Spawning(DOWN, HISTORY));
        }

        @Test
        void whatIsNotStartedAgainAlreadyStaysSo() {
            nothingFollows(once, NOT_AGAIN);
            nothingFollows(new Spawning(DOWN, HISTORY), NOT_AGAIN);
        }

        @Test
        void aRestartOfWhatIsAboutToRunChangesNothing() {
            nothingFollows(once, RESTART);
        }

        @Test
        void itIsUpAndToRunOnce() {
            after(once, new Spawned(PID, SETTINGS))
                    .comes(new Up(new Run(PID, SETTINGS, NOW, Optional.empty()), ONCE, HISTORY));
            after(once, new Spawned(PID, ANNOUNCING))
                    .comes(new Starting(new Run(PID, ANNOUNCING, NOW, Optional.empty()), ONCE, HISTORY));
        }

        @Test
        void whereItCannotBeSpawnedItIsNotTriedAgain() {
            History history = new History(HISTORY.lastExit(), 4, Duration.ofSeconds(4), at(102));
            after(once, new SpawnFailed("there is no file run"))
                    .comes(new Failed("it was to run once and could not be started: there is no file run", history));
        }
    }

    @Nested
    class WhenStarting {
        private final Run run = new Run(PID, ANNOUNCING, at(99.5), Optional.empty());
        private final Starting kept = new Starting(run, UP, THROTTLED);
        private final Starting once = new Starting(run, ONCE, THROTTLED);

        @Test
        void itIsNotSignalledButNotStartedAgainEither() {
            after(kept, RUN_ONCE).comes(once);
            after(kept, NOT_AGAIN).comes(once);
            nothingFollows(once, RUN_ONCE, NOT_AGAIN);
        }

        @Test
        void aStartHasItKeptRunning() {
            after(once, START).comes(kept);
        }

        @Test
        void itBecomesReadyAsAnyOther() {
            after(once, READY).comes(new Up(run.ready(NOW), ONCE, THROTTLED));
        }

        @Test
        void aRestartReplacesItByAnotherThatRunsOnce() {
            after(once, RESTART).comes(new AskedToStop(run, ONCE, at(101), THROTTLED), new ReadStopSettings());
        }

        @Test
        void itEndsForGood() {
            after(once, new ProcessEnded(EXIT))
                    .comes(new SpawningFinish(DOWN, THROTTLED.endedOnce(EXIT)), new SpawnFinish(PID, EXIT, false));
        }
    }

    @Nested
    class WhenUp {
        private final Up kept = new Up(RUN, UP, THROTTLED);
        private final Up once = new Up(RUN, ONCE, THROTTLED);

        @Test
        void itIsNotSignalledButNotStartedAgainEither() {
            after(kept, RUN_ONCE).comes(once);
            after(kept, NOT_AGAIN).comes(once);
            nothingFollows(once, RUN_ONCE, NOT_AGAIN);
        }

        @Test
        void aStartHasItKeptRunning() {
            after(once, START).comes(kept);
        }

        @Test
        void aStopStopsItAsAnyOther() {
            after(once, new StopRequested())
                    .comes(new AskedToStop(RUN, DOWN, at(101), THROTTLED), new ReadStopSettings());
        }

        @Test
        void aRestartReplacesItByAnotherThatRunsOnce() {
            after(once, RESTART).comes(new AskedToStop(RUN, ONCE, at(101), THROTTLED), new ReadStopSettings());
        }

        @Test
        void itEndsForGoodAndThatCountsAsNoFailureWhateverItsFilesSay() {
            History history =
                    new History(Optional.of(EXIT), THROTTLED.restarts(), THROTTLED.delay(), THROTTLED.startNotBefore());
            after(once, new ProcessEnded(EXIT))
                    .comes(new SpawningFinish(DOWN, history), new SpawnFinish(PID, EXIT, false));
        }
    }

    @Nested
    class WhenItIsToEnd {
        private final AskedToStop asked = new AskedToStop(RUN, ONCE, NOW, THROTTLED);
        private final Stopping stopping = new Stopping(RUN, ONCE, NOW, THROTTLED);
        private final Killing killing = new Killing(RUN, ONCE, NOW, THROTTLED);

        @Test
        void itCanBeAskedToRunOnceMore() {
            after(asked.wanted(DOWN), RUN_ONCE).comes(asked);
            after(stopping.wanted(DOWN), RUN_ONCE).comes(stopping);
            after(killing.wanted(DOWN), RUN_ONCE).comes(killing);
        }

        @Test
        void whatIsNotToBeStartedAgainIsDownThen() {
            for (Want want : List.of(ONCE, UP, DOWN)) {
                after(asked.wanted(want), NOT_AGAIN).comes(asked.wanted(DOWN));
                after(stopping.wanted(want), NOT_AGAIN).comes(stopping.wanted(DOWN));
                after(killing.wanted(want), NOT_AGAIN).comes(killing.wanted(DOWN));
            }
        }

        @Test
        void aRestartLeavesItAtOnce() {
            nothingFollows(asked, RESTART);
            nothingFollows(stopping, RESTART);
            nothingFollows(killing, RESTART);
        }

        @Test
        void aStartHasTheNextOneKeptRunning() {
            after(asked, START).comes(asked.wanted(UP));
            after(stopping, START).comes(stopping.wanted(UP));
            after(killing, START).comes(killing.wanted(UP));
        }
    }

    @Nested
    class AfterItsEnd {
        private final SpawningFinish spawning = new SpawningFinish(ONCE, THROTTLED);
        private final Finishing finishing = new Finishing(PID, ONCE, NOW, THROTTLED);
        private final KillingFinish killing = new KillingFinish(PID, ONCE, NOW, THROTTLED);

        @Test
        void whoeverIsToRunOnceMoreDoesNotWait() {
            after(spawning, FINISH_SKIPPED).comes(new Spawning(ONCE, THROTTLED), new Spawn());
            after(finishing, FINISH_ENDED).comes(new Spawning(ONCE, THROTTLED), new Spawn());
            after(killing, FINISH_ENDED).comes(new Spawning(ONCE, THROTTLED), new Spawn());
        }

        @Test
        void finishMaySayThatItHasFailedStill() {
            Failed failed = new Failed("its finish script says so (exit code 125)", THROTTLED);
            after(finishing, new FinishEnded(new Exited(125))).comes(failed);
            after(killing, new FinishEnded(new Exited(125))).comes(failed);
        }

        @Test
        void itCanBeAskedToRunOnceMore() {
            History history = startingNow(THROTTLED);
            after(new SpawningFinish(DOWN, THROTTLED), RUN_ONCE).comes(new SpawningFinish(ONCE, history));
            after(new Finishing(PID, DOWN, NOW, THROTTLED), RUN_ONCE).comes(new Finishing(PID, ONCE, NOW, history));
            after(new KillingFinish(PID, DOWN, NOW, THROTTLED), RUN_ONCE)
                    .comes(new KillingFinish(PID, ONCE, NOW, history));
        }

        @Test
        void whatWouldBeStartedAgainIsNot() {
            after(new SpawningFinish(UP, THROTTLED), NOT_AGAIN).comes(new SpawningFinish(DOWN, THROTTLED));
            after(new Finishing(PID, UP, NOW, THROTTLED), NOT_AGAIN).comes(new Finishing(PID, DOWN, NOW, THROTTLED));
            after(new KillingFinish(PID, UP, NOW, THROTTLED), NOT_AGAIN)
                    .comes(new KillingFinish(PID, DOWN, NOW, THROTTLED));
        }

        @Test
        void whatIsGivenUpIsGivenUpStill() {
            nothingFollows(new SpawningFinish(DOWN, GIVEN_UP), NOT_AGAIN);
            nothingFollows(new Finishing(PID, DOWN, NOW, GIVEN_UP), NOT_AGAIN);
            nothingFollows(new KillingFinish(PID, DOWN, NOW, GIVEN_UP), NOT_AGAIN);
        }

        @Test
        void aRestartLeavesItAtOnce() {
            History history = startingNow(THROTTLED);
            after(spawning, RESTART).comes(new SpawningFinish(ONCE, history));
            after(finishing, RESTART).comes(new Finishing(PID, ONCE, NOW, history));
            after(killing, RESTART).comes(new KillingFinish(PID, ONCE, NOW, history));
        }
    }
}
