package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.ServiceSamples.ANNOUNCING;
import static dev.reeve.daemon.service.ServiceSamples.EXIT;
import static dev.reeve.daemon.service.ServiceSamples.HISTORY;
import static dev.reeve.daemon.service.ServiceSamples.JUST_BEFORE;
import static dev.reeve.daemon.service.ServiceSamples.NOW;
import static dev.reeve.daemon.service.ServiceSamples.PID;
import static dev.reeve.daemon.service.ServiceSamples.RUN;
import static dev.reeve.daemon.service.ServiceSamples.RUN_OF_GROUP;
import static dev.reeve.daemon.service.ServiceSamples.SETTINGS;
import static dev.reeve.daemon.service.ServiceSamples.THROTTLED;
import static dev.reeve.daemon.service.ServiceSamples.UNREADY;
import static dev.reeve.daemon.service.ServiceSamples.at;
import static dev.reeve.daemon.service.Want.DOWN;
import static dev.reeve.daemon.service.Want.UP;

import dev.reeve.daemon.service.ServiceEffect.Kill;
import dev.reeve.daemon.service.ServiceEffect.KillGroup;
import dev.reeve.daemon.service.ServiceEffect.ReadStopSettings;
import dev.reeve.daemon.service.ServiceEffect.Spawn;
import dev.reeve.daemon.service.ServiceEffect.SpawnFinish;
import dev.reeve.daemon.service.ServiceEffect.Terminate;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.RestartRequested;
import dev.reeve.daemon.service.ServiceEvent.SpawnFailed;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceEvent.StopSettingsRead;
import dev.reeve.daemon.service.ServiceState.AskedToStop;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Killing;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import dev.reeve.daemon.service.ServiceState.Starting;
import dev.reeve.daemon.service.ServiceState.Stopping;
import dev.reeve.daemon.service.ServiceState.Up;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Every cell of the table as a sentence; those of `finish` are in [ServiceMachineFinishTest], those about
/// signals in [ServiceMachineSignalTest], those about what `restart` says in [ServiceMachineRestartTest],
/// those about running once in [ServiceMachineOnceTest].
/// [ServiceMachineMutationTest] proves that none is missing.
class ServiceMachineTest extends MachineSentences {

    @Nested
    class WhenDown {
        private final Down down = new Down(THROTTLED);

        @Test
        void aStartSpawnsRunAtOnceHoweverOftenItFailedBefore() {
            after(down, new StartRequested()).comes(new Spawning(UP, startingNow(THROTTLED)), new Spawn());
        }

        @Test
        void aRestartSpawnsRunToo() {
            after(down, new RestartRequested()).comes(new Spawning(UP, startingNow(THROTTLED)), new Spawn());
        }

        @Test
        void itStaysDownWhateverElseHappens() {
            nothingFollows(down, new StopRequested(), DEADLINE, SPAWNED, SPAWN_FAILED, READY, ENDED, SETTINGS_READ);
            nothingFollows(down, FINISH_SPAWNED, FINISH_SKIPPED, FINISH_ENDED);
        }
    }

    @Nested
    class WhenSpawning {
        private final Spawning spawning = new Spawning(UP, HISTORY);
        private final Spawning unwanted = new Spawning(DOWN, HISTORY);

        @Test
        void aServiceThatAnnouncesNothingIsUpOnceItIsSpawned() {
            after(spawning, new Spawned(PID, SETTINGS))
                    .comes(new Up(new Run(PID, SETTINGS, NOW, Optional.empty()), HISTORY));
        }

        @Test
        void aServiceThatAnnouncesItsReadinessIsStartingUntilThen() {
            after(spawning, new Spawned(PID, ANNOUNCING))
                    .comes(new Starting(new Run(PID, ANNOUNCING, NOW, Optional.empty()), HISTORY));
        }

        @Test
        void aServiceThatIsNotWantedAnyMoreIsTerminatedAsSoonAsItIsSpawned() {
            Run run = new Run(PID, ANNOUNCING, NOW, Optional.empty());
            after(unwanted, new Spawned(PID, ANNOUNCING))
                    .comes(new Stopping(run, DOWN, at(107), HISTORY), new Terminate(PID, Signal.HUP));
        }

        @Test
        void aStopIsKeptInMindUntilTheOutcomeIsKnown() {
            after(spawning, new StopRequested()).comes(unwanted);
        }

        @Test
        void aStartOrRestartTakesAStopBack() {
            after(unwanted, new StartRequested()).comes(spawning);
            after(unwanted, new RestartRequested()).comes(spawning);
        }

        @Test
        void aFailureToSpawnCountsAsTheShortestOfLives() {
            History history = new History(HISTORY.lastExit(), 4, Duration.ofSeconds(4), at(102));
            after(spawning, new SpawnFailed("there is no file run"))
                    .comes(new BackingOff(Optional.of("there is no file run"), at(102), history));
        }

        @Test
        void aFailureToSpawnWhatIsNotWantedLeavesItDown() {
            after(unwanted, new SpawnFailed("there is no file run"))
                    .comes(new Down(new History(HISTORY.lastExit(), 4, Duration.ofSeconds(4), at(102))));
        }

        @Test
        void nothingElseIsWaitedFor() {
            nothingFollows(spawning, READY, ENDED, SETTINGS_READ, DEADLINE);
            nothingFollows(spawning, FINISH_SPAWNED, FINISH_SKIPPED, FINISH_ENDED);
        }
    }

    @Nested
    class WhenStarting {
        private final Run run = new Run(PID, ANNOUNCING, at(99.5), Optional.empty());
        private final Starting starting = new Starting(run, HISTORY);

        @Test
        void itIsUpOnceItSaysThatItIsReady() {
            after(starting, READY).comes(new Up(new Run(PID, ANNOUNCING, at(99.5), Optional.of(NOW)), HISTORY));
        }

        @Test
        void itIsAskedToStopBeforeItIsReady() {
            after(starting, new StopRequested())
                    .comes(new AskedToStop(run, DOWN, at(101), HISTORY), new ReadStopSettings());
        }

        @Test
        void itIsRestartedBeforeItIsReady() {
            after(starting, new RestartRequested())
                    .comes(new AskedToStop(run, UP, at(101), HISTORY), new ReadStopSettings());
        }

        @Test
        void whoeverDiesYoungWaitsUntilItsDelayAfterItsStartAndTwiceAsLongNextTime() {
            History history = new History(Optional.of(EXIT), 5, Duration.ofSeconds(4), at(101.5));
            after(starting, new ProcessEnded(EXIT))
                    .comes(new SpawningFinish(UP, history), new SpawnFinish(PID, EXIT, false));
        }

        @Test
        void itGoesOnStartingWhateverElseHappens() {
            nothingFollows(starting, new StartRequested(), DEADLINE, SPAWNED, SPAWN_FAILED, SETTINGS_READ);
            nothingFollows(starting, FINISH_SPAWNED, FINISH_SKIPPED, FINISH_ENDED);
        }
    }

    @Nested
    class WhenUp {
        private final Up up = new Up(RUN, HISTORY);

        @Test
        void aStopFirstReadsHow() {
            after(up, new StopRequested()).comes(new AskedToStop(RUN, DOWN, at(101), HISTORY), new ReadStopSettings());
        }

        @Test
        void aRestartIsAStopThatStaysWantedUp() {
            after(up, new RestartRequested()).comes(new AskedToStop(RUN, UP, at(101), HISTORY), new ReadStopSettings());
        }

        @Test
        void whoeverLivedLongerThanItsDelayNeedNotWaitAndWaitsHalfAsLongNextTime() {
            History history = new History(Optional.of(EXIT), 5, Duration.ofSeconds(1), at(91));
            after(up, new ProcessEnded(EXIT)).comes(new SpawningFinish(UP, history), new SpawnFinish(PID, EXIT, true));
        }

        @Test
        void itStaysUpWhateverElseHappens() {
            nothingFollows(up, new StartRequested(), READY, DEADLINE, SPAWNED, SPAWN_FAILED, SETTINGS_READ);
            nothingFollows(up, FINISH_SPAWNED, FINISH_SKIPPED, FINISH_ENDED);
        }
    }

    @Nested
    class WhenAskedToStop {
        private final AskedToStop asked = new AskedToStop(RUN, DOWN, NOW, THROTTLED);
        private final AskedToStop askedToRestart = new AskedToStop(RUN, UP, NOW, THROTTLED);

        @Test
        void itIsTerminatedAsItsFilesSayNow() {
            StopSettings settings = new StopSettings(Signal.INT, Optional.of(Duration.ofSeconds(3)), true);
            after(asked, new StopSettingsRead(settings))
                    .comes(
                            new Stopping(RUN.stoppedBy(settings), DOWN, at(103), THROTTLED),
                            new Terminate(PID, Signal.INT));
        }

        @Test
        void withoutATimeoutItIsNeverKilled() {
            after(askedToRestart, new StopSettingsRead(StopSettings.DEFAULT))
                    .comes(
                            new Stopping(RUN.stoppedBy(StopSettings.DEFAULT), UP, Moment.NEVER, THROTTLED),
                            new Terminate(PID, Signal.TERM));
        }

        @Test
        void whatItsFilesSaidAtItsStartMustDoWhenTheyCannotBeReadInTime() {
            after(asked, DEADLINE).comes(new Stopping(RUN, DOWN, at(107), THROTTLED), new Terminate(PID, Signal.HUP));
        }

        @Test
        void theFilesAreWaitedForUntilTheDeadline() {
            after(asked, DEADLINE, JUST_BEFORE).comesNothing();
        }

        @Test
        void theLastWordOnWhetherItIsWantedCounts() {
            after(asked, new StartRequested()).comes(askedToRestart);
            after(asked, new RestartRequested()).comes(askedToRestart);
            after(askedToRestart, new StopRequested()).comes(asked);
        }

        @Test
        void aProcessThatEndsMeanwhileEndedAsAsked() {
            after(asked, new ProcessEnded(EXIT))
                    .comes(new SpawningFinish(DOWN, endedAsAsked(THROTTLED)), new SpawnFinish(PID, EXIT, false));
        }

        @Test
        void oneThatBecomesReadyAllTheSameIsReady() {
            AskedToStop unready = new AskedToStop(UNREADY, DOWN, NOW, THROTTLED);
            after(unready, READY).comes(new AskedToStop(UNREADY.ready(NOW), DOWN, NOW, THROTTLED));
            nothingFollows(new AskedToStop(UNREADY.ready(NOW), DOWN, NOW, THROTTLED), READY);
        }

        @Test
        void lateFactsChangeNothing() {
            nothingFollows(asked, READY, SPAWNED, SPAWN_FAILED, FINISH_SPAWNED, FINISH_SKIPPED, FINISH_ENDED);
        }
    }

    @Nested
    class WhenStopping {
        private final Stopping stopping = new Stopping(RUN, DOWN, NOW, THROTTLED);
        private final Stopping restarting = new Stopping(RUN, UP, NOW, THROTTLED);

        @Test
        void aServiceThatOutlivesItsStopTimeoutIsKilled() {
            after(stopping, DEADLINE).comes(new Killing(RUN, DOWN, KILLED_AGAIN_AT, THROTTLED), new Kill(PID));
        }

        @Test
        void itsWholeProcessGroupIsKilledIfItsFilesSaySo() {
            after(new Stopping(RUN_OF_GROUP, DOWN, NOW, THROTTLED), DEADLINE)
                    .comes(new Killing(RUN_OF_GROUP, DOWN, KILLED_AGAIN_AT, THROTTLED), new KillGroup(PID));
        }

        @Test
        void aServiceIsNotKilledBeforeItsStopTimeout() {
            after(stopping, DEADLINE, JUST_BEFORE).comesNothing();
        }

        @Test
        void aProcessThatEndsEndedAsAsked() {
            after(restarting, new ProcessEnded(EXIT))
                    .comes(new SpawningFinish(UP, endedAsAsked(THROTTLED)), new SpawnFinish(PID, EXIT, true));
        }

        @Test
        void theLastWordOnWhetherItIsWantedCounts() {
            after(stopping, new StartRequested()).comes(restarting);
            after(stopping, new RestartRequested()).comes(restarting);
            after(restarting, new StopRequested()).comes(stopping);
        }

        @Test
        void stopSettingsThatComeTooLateAreNotUsed() {
            nothingFollows(stopping, SETTINGS_READ);
        }

        @Test
        void oneThatBecomesReadyAllTheSameIsReady() {
            Stopping unready = new Stopping(UNREADY, DOWN, NOW, THROTTLED);
            after(unready, READY).comes(new Stopping(UNREADY.ready(NOW), DOWN, NOW, THROTTLED));
            nothingFollows(new Stopping(UNREADY.ready(NOW), DOWN, NOW, THROTTLED), READY);
        }

        @Test
        void lateFactsChangeNothing() {
            nothingFollows(stopping, READY, SPAWNED, SPAWN_FAILED, FINISH_SPAWNED, FINISH_SKIPPED, FINISH_ENDED);
        }
    }

    @Nested
    class WhenKilling {
        private final Killing killing = new Killing(RUN, DOWN, NOW, THROTTLED);
        private final Killing restarting = new Killing(RUN, UP, NOW, THROTTLED);

        @Test
        void whatDoesNotEndIsKilledAgain() {
            after(restarting, DEADLINE).comes(new Killing(RUN, UP, KILLED_AGAIN_AT, THROTTLED), new Kill(PID));
        }

        @Test
        void aGroupThatDoesNotEndIsKilledAgain() {
            after(new Killing(RUN_OF_GROUP, UP, NOW, THROTTLED), DEADLINE)
                    .comes(new Killing(RUN_OF_GROUP, UP, KILLED_AGAIN_AT, THROTTLED), new KillGroup(PID));
        }

        @Test
        void itIsGivenTimeToEnd() {
            after(killing, DEADLINE, JUST_BEFORE).comesNothing();
        }

        @Test
        void aProcessThatEndsEndedAsAsked() {
            after(killing, new ProcessEnded(EXIT))
                    .comes(new SpawningFinish(DOWN, endedAsAsked(THROTTLED)), new SpawnFinish(PID, EXIT, false));
        }

        @Test
        void theLastWordOnWhetherItIsWantedCounts() {
            after(killing, new StartRequested()).comes(restarting);
            after(killing, new RestartRequested()).comes(restarting);
            after(restarting, new StopRequested()).comes(killing);
        }

        @Test
        void oneThatBecomesReadyAllTheSameIsReady() {
            Killing unready = new Killing(UNREADY, DOWN, NOW, THROTTLED);
            after(unready, READY).comes(new Killing(UNREADY.ready(NOW), DOWN, NOW, THROTTLED));
            nothingFollows(new Killing(UNREADY.ready(NOW), DOWN, NOW, THROTTLED), READY);
        }

        @Test
        void lateFactsChangeNothing() {
            nothingFollows(killing, SETTINGS_READ, READY, SPAWNED, SPAWN_FAILED);
            nothingFollows(killing, FINISH_SPAWNED, FINISH_SKIPPED, FINISH_ENDED);
        }
    }

    @Nested
    class WhenBackingOff {
        private final BackingOff backingOff = new BackingOff(Optional.of("there is no file run"), NOW, THROTTLED);

        @Test
        void itIsSpawnedAgainWhenItsDelayIsOver() {
            after(backingOff, DEADLINE).comes(new Spawning(UP, THROTTLED), new Spawn());
        }

        @Test
        void itIsNotSpawnedBefore() {
            after(backingOff, DEADLINE, JUST_BEFORE).comesNothing();
        }

        @Test
        void whoeverAsksForItNeedNotWait() {
            after(backingOff, new StartRequested()).comes(new Spawning(UP, startingNow(THROTTLED)), new Spawn());
            after(backingOff, new RestartRequested()).comes(new Spawning(UP, startingNow(THROTTLED)), new Spawn());
        }

        @Test
        void aStopLeavesItDown() {
            after(backingOff, new StopRequested()).comes(new Down(THROTTLED));
        }

        @Test
        void lateFactsChangeNothing() {
            nothingFollows(backingOff, SPAWNED, SPAWN_FAILED, READY, ENDED, SETTINGS_READ);
            nothingFollows(backingOff, FINISH_SPAWNED, FINISH_SKIPPED, FINISH_ENDED);
        }
    }

    @Nested
    class WhenFailed {
        private final Failed failed = new Failed("given up", THROTTLED);

        @Test
        void onlySomeonesAskingSpawnsItAgain() {
            after(failed, new StartRequested()).comes(new Spawning(UP, startingNow(THROTTLED)), new Spawn());
            after(failed, new RestartRequested()).comes(new Spawning(UP, startingNow(THROTTLED)), new Spawn());
        }

        @Test
        void aStopMakesAnEndOfTheFailure() {
            after(failed, new StopRequested()).comes(new Down(THROTTLED));
        }

        @Test
        void itStaysFailedWhateverElseHappens() {
            nothingFollows(failed, SPAWNED, SPAWN_FAILED, READY, ENDED, SETTINGS_READ);
            nothingFollows(failed, FINISH_SPAWNED, FINISH_SKIPPED, FINISH_ENDED, DEADLINE);
        }
    }
}
