package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.ServiceSamples.GIVEN_UP;
import static dev.reeve.daemon.service.ServiceSamples.HISTORY;
import static dev.reeve.daemon.service.ServiceSamples.JUST_BEFORE;
import static dev.reeve.daemon.service.ServiceSamples.LATER;
import static dev.reeve.daemon.service.ServiceSamples.NOW;
import static dev.reeve.daemon.service.ServiceSamples.PID;
import static dev.reeve.daemon.service.ServiceSamples.THROTTLED;
import static dev.reeve.daemon.service.ServiceSamples.at;
import static dev.reeve.daemon.service.Want.DOWN;
import static dev.reeve.daemon.service.Want.UP;

import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ServiceEffect.Kill;
import dev.reeve.daemon.service.ServiceEffect.Spawn;
import dev.reeve.daemon.service.ServiceEvent.FinishEnded;
import dev.reeve.daemon.service.ServiceEvent.FinishSpawned;
import dev.reeve.daemon.service.ServiceEvent.RestartRequested;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Finishing;
import dev.reeve.daemon.service.ServiceState.KillingFinish;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What follows once `run` has ended, cell by cell.
class ServiceMachineFinishTest extends MachineSentences {

    @Nested
    class WhenSpawningFinish {
        private final SpawningFinish spawning = new SpawningFinish(UP, THROTTLED);
        private final SpawningFinish unwanted = new SpawningFinish(DOWN, THROTTLED);

        @Test
        void finishRunsForAsLongAsItMay() {
            after(spawning, new FinishSpawned(PID, Optional.of(Duration.ofSeconds(5))))
                    .comes(new Finishing(PID, UP, at(105), THROTTLED));
        }

        @Test
        void finishRunsWithoutLimitWhereThereIsNone() {
            after(unwanted, new FinishSpawned(PID, Optional.empty()))
                    .comes(new Finishing(PID, DOWN, Moment.NEVER, THROTTLED));
        }

        @Test
        void withoutFinishAServiceThatDiedTooSoonBacksOff() {
            after(spawning, FINISH_SKIPPED).comes(new BackingOff(Optional.empty(), LATER, THROTTLED));
        }

        @Test
        void withoutFinishAServiceWhoseDelayIsOverIsSpawnedAtOnce() {
            after(new SpawningFinish(UP, HISTORY), FINISH_SKIPPED).comes(new Spawning(UP, HISTORY), new Spawn());
        }

        @Test
        void whereRunWasExecutedInsteadItIsNotOrderedAgain() {
            after(new SpawningFinish(UP, HISTORY), RUN_FOLLOWS).comes(new Spawning(UP, HISTORY));
        }

        @Test
        void whoeverNoLongerWantsWhatWasExecutedInsteadHasItEndAsSoonAsItIsKnown() {
            after(new SpawningFinish(DOWN, HISTORY), RUN_FOLLOWS).comes(new Spawning(DOWN, HISTORY));
        }

        @Test
        void withoutFinishAServiceThatIsNotWantedIsDown() {
            after(unwanted, FINISH_SKIPPED).comes(new Down(THROTTLED));
        }

        @Test
        void whoeverAsksForItNeedNotWait() {
            after(unwanted, new StartRequested()).comes(new SpawningFinish(UP, startingNow(THROTTLED)));
            after(unwanted, new RestartRequested()).comes(new SpawningFinish(UP, startingNow(THROTTLED)));
        }

        @Test
        void aServiceThatIsGivenUpHasFailedNow() {
            after(new SpawningFinish(DOWN, GIVEN_UP), FINISH_SKIPPED)
                    .comes(new Failed("given up", GIVEN_UP.withoutFailure()));
        }

        @Test
        void aStopMakesAnEndOfTheFailure() {
            after(new SpawningFinish(DOWN, GIVEN_UP), new StopRequested())
                    .comes(new SpawningFinish(DOWN, GIVEN_UP.withoutFailure()));
        }

        @Test
        void aStopIsKeptInMind() {
            after(spawning, new StopRequested()).comes(unwanted);
        }

        @Test
        void nothingElseIsWaitedFor() {
            nothingFollows(spawning, FINISH_ENDED, DEADLINE);
            nothingFollows(spawning, SPAWNED, SPAWN_FAILED, READY, ENDED, SETTINGS_READ);
        }
    }

    @Nested
    class WhenFinishing {
        private final Finishing finishing = new Finishing(PID, UP, NOW, THROTTLED);
        private final Finishing unwanted = new Finishing(PID, DOWN, NOW, THROTTLED);

        @Test
        void aServiceThatDiedTooSoonBacksOffNow() {
            after(finishing, FINISH_ENDED).comes(new BackingOff(Optional.empty(), LATER, THROTTLED));
        }

        @Test
        void aServiceWhoseDelayIsOverIsSpawnedAtOnce() {
            after(new Finishing(PID, UP, Moment.NEVER, HISTORY), FINISH_ENDED)
                    .comes(new Spawning(UP, HISTORY), new Spawn());
        }

        @Test
        void aServiceThatIsNotWantedIsDown() {
            after(unwanted, FINISH_ENDED).comes(new Down(THROTTLED));
        }

        @Test
        void exitCode125SaysThatTheServiceHasFailed() {
            after(finishing, new FinishEnded(new Exited(125)))
                    .comes(new Failed("its finish script says so (exit code 125)", THROTTLED));
        }

        @Test
        void finishIsKilledWhenItTakesTooLong() {
            after(finishing, DEADLINE).comes(new KillingFinish(PID, UP, KILLED_AGAIN_AT, THROTTLED), new Kill(PID));
        }

        @Test
        void finishIsNotKilledBeforeItsTime() {
            after(finishing, DEADLINE, JUST_BEFORE).comesNothing();
        }

        @Test
        void whoeverAsksForItNeedNotWait() {
            after(unwanted, new StartRequested()).comes(new Finishing(PID, UP, NOW, startingNow(THROTTLED)));
            after(unwanted, new RestartRequested()).comes(new Finishing(PID, UP, NOW, startingNow(THROTTLED)));
        }

        @Test
        void aServiceThatIsGivenUpHasFailedNow() {
            after(new Finishing(PID, DOWN, NOW, GIVEN_UP), FINISH_ENDED)
                    .comes(new Failed("given up", GIVEN_UP.withoutFailure()));
        }

        @Test
        void aStopMakesAnEndOfTheFailure() {
            after(new Finishing(PID, DOWN, NOW, GIVEN_UP), new StopRequested())
                    .comes(new Finishing(PID, DOWN, NOW, GIVEN_UP.withoutFailure()));
        }

        @Test
        void aStopIsKeptInMind() {
            after(finishing, new StopRequested()).comes(unwanted);
        }

        @Test
        void lateFactsChangeNothing() {
            nothingFollows(finishing, FINISH_SPAWNED, FINISH_SKIPPED);
            nothingFollows(finishing, SPAWNED, SPAWN_FAILED, READY, ENDED, SETTINGS_READ);
        }
    }

    @Nested
    class WhenKillingFinish {
        private final KillingFinish killing = new KillingFinish(PID, UP, NOW, THROTTLED);
        private final KillingFinish unwanted = new KillingFinish(PID, DOWN, NOW, THROTTLED);

        @Test
        void aServiceThatDiedTooSoonBacksOffNow() {
            after(killing, FINISH_ENDED).comes(new BackingOff(Optional.empty(), LATER, THROTTLED));
        }

        @Test
        void aServiceWhoseDelayIsOverIsSpawnedAtOnce() {
            after(new KillingFinish(PID, UP, NOW, HISTORY), FINISH_ENDED).comes(new Spawning(UP, HISTORY), new Spawn());
        }

        @Test
        void aServiceThatIsNotWantedIsDown() {
            after(unwanted, FINISH_ENDED).comes(new Down(THROTTLED));
        }

        @Test
        void exitCode125CountsEvenWhenItComesInTheLastMoment() {
            after(unwanted, new FinishEnded(new Exited(125)))
                    .comes(new Failed("its finish script says so (exit code 125)", THROTTLED));
        }

        @Test
        void aFinishThatDoesNotEndIsKilledAgain() {
            after(unwanted, DEADLINE).comes(new KillingFinish(PID, DOWN, KILLED_AGAIN_AT, THROTTLED), new Kill(PID));
        }

        @Test
        void finishIsGivenTimeToEnd() {
            after(killing, DEADLINE, JUST_BEFORE).comesNothing();
        }

        @Test
        void whoeverAsksForItNeedNotWait() {
            after(unwanted, new StartRequested()).comes(new KillingFinish(PID, UP, NOW, startingNow(THROTTLED)));
            after(unwanted, new RestartRequested()).comes(new KillingFinish(PID, UP, NOW, startingNow(THROTTLED)));
        }

        @Test
        void aServiceThatIsGivenUpHasFailedNow() {
            after(new KillingFinish(PID, DOWN, NOW, GIVEN_UP), FINISH_ENDED)
                    .comes(new Failed("given up", GIVEN_UP.withoutFailure()));
        }

        @Test
        void aStopMakesAnEndOfTheFailure() {
            after(new KillingFinish(PID, DOWN, NOW, GIVEN_UP), new StopRequested())
                    .comes(new KillingFinish(PID, DOWN, NOW, GIVEN_UP.withoutFailure()));
        }

        @Test
        void aStopIsKeptInMind() {
            after(killing, new StopRequested()).comes(unwanted);
        }

        @Test
        void lateFactsChangeNothing() {
            nothingFollows(killing, FINISH_SPAWNED, FINISH_SKIPPED);
            nothingFollows(killing, SPAWNED, SPAWN_FAILED, READY, ENDED, SETTINGS_READ);
        }
    }
}
