package dev.reeve.daemon.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.service.Evidence.BeingSpawned;
import dev.reeve.daemon.service.Evidence.Living;
import dev.reeve.daemon.service.Evidence.Nothing;
import dev.reeve.daemon.service.ServiceState.Aborting;
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
import dev.reeve.daemon.service.ServiceState.Timed;
import dev.reeve.daemon.service.ServiceState.Up;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static final Moment NOW = new Moment(1_000_000_000_000L);
    private static final Moment PAST = new Moment(1);
    private static final Pid PID = new Pid(7);
    private static final Run RUN = new Run(PID, RunSettings.DEFAULT, PAST, Optional.of(PAST));
    private static final History HISTORY = History.NONE;

    private static final List<ServiceState> STATES = List.of(
            new Down(HISTORY),
            new Failed("as if", HISTORY),
            new BackingOff(Optional.empty(), PAST, HISTORY),
            new Spawning(Want.UP, HISTORY),
            new Spawning(Want.DOWN, HISTORY),
            new Spawning(Want.ONCE, HISTORY),
            new Starting(RUN, HISTORY),
            new Starting(RUN, Want.ONCE, HISTORY),
            new Up(RUN, HISTORY),
            new Up(RUN, Want.ONCE, HISTORY),
            new Up(RUN.mayBeSilentFor(Duration.ofSeconds(1), PAST), HISTORY),
            new Aborting(RUN, "silent", Want.UP, PAST, HISTORY),
            new Aborting(RUN, "silent", Want.ONCE, PAST, HISTORY),
            new AskedToStop(RUN, Want.UP, PAST, HISTORY),
            new Stopping(RUN, Want.DOWN, PAST, HISTORY),
            new Stopping(RUN, Want.ONCE, PAST, HISTORY),
            new Killing(RUN, Want.UP, PAST, HISTORY),
            new SpawningFinish(Want.UP, HISTORY),
            new SpawningFinish(Want.ONCE, HISTORY),
            new Finishing(PID, Want.DOWN, PAST, HISTORY),
            new KillingFinish(PID, Want.UP, PAST, HISTORY));

    private static final List<Evidence> EVIDENCE = List.of(
            new Nothing(),
            new BeingSpawned(Program.RUN),
            new BeingSpawned(Program.FINISH),
            new Living(Program.RUN, PID),
            new Living(Program.RUN, new Pid(8)),
            new Living(Program.FINISH, PID),
            new Living(Program.FINISH, new Pid(8)));

    @Test
    void whateverWasLostTheStateIsThatOfWhatThereIs() {
        for (ServiceState before : STATES) {
            for (Evidence evidence : EVIDENCE) {
                ServiceState after = Reconciliation.reconciled(before, evidence, NOW);
                assertTrue(Reconciliation.agree(after, evidence), () -> after + " for " + evidence);
            }
        }
    }

    @Test
    void whatIsWantedIsWantedStill() {
        for (ServiceState before : STATES) {
            for (Evidence evidence : EVIDENCE) {
                ServiceState after = Reconciliation.reconciled(before, evidence, NOW);
                boolean runsUnasked = before.want() == Want.DOWN && after.want() == Want.UP;
                boolean isForgotten = before.want() == Want.UP && after.want() == Want.DOWN;
                assertFalse(runsUnasked || isForgotten, () -> before + " with " + evidence + " became " + after);
            }
        }
    }

    /// Else an error that comes each time would keep the loop busy with nothing else.
    @Test
    void noDeadlineIsDueAtOnce() {
        for (ServiceState before : STATES) {
            for (Evidence evidence : EVIDENCE) {
                if (Reconciliation.reconciled(before, evidence, NOW) instanceof Timed timed) {
                    assertTrue(NOW.isBefore(timed.deadline()), () -> before + " with " + evidence);
                }
            }
        }
    }

    @Test
    void aFinishIsNotTakenForARun() {
        Evidence finish = new Living(Program.FINISH, PID);
        assertInstanceOf(Finishing.class, Reconciliation.reconciled(new SpawningFinish(Want.UP, HISTORY), finish, NOW));
        assertFalse(Reconciliation.agree(new Up(RUN, HISTORY), finish));
        assertFalse(Reconciliation.agree(new Finishing(PID, Want.UP, NOW, HISTORY), new Living(Program.RUN, PID)));
    }

    @Test
    void aServiceThatHasEndedIsStartedAgainIfItIsWanted() {
        assertInstanceOf(BackingOff.class, Reconciliation.reconciled(new Up(RUN, HISTORY), new Nothing(), NOW));
        assertInstanceOf(
                Down.class, Reconciliation.reconciled(new Stopping(RUN, Want.DOWN, PAST, HISTORY), new Nothing(), NOW));
    }

    @Test
    void aServiceThatWasToRunOnceIsNotStartedForWantOfKnowledge() {
        ServiceState runs = new Up(RUN, Want.ONCE, HISTORY);
        assertInstanceOf(Failed.class, Reconciliation.reconciled(runs, new Nothing(), NOW));
        assertEquals(
                new SpawningFinish(Want.DOWN, HISTORY),
                Reconciliation.reconciled(runs, new BeingSpawned(Program.FINISH), NOW));
        assertEquals(
                Want.DOWN,
                Reconciliation.reconciled(runs, new Living(Program.FINISH, new Pid(8)), NOW)
                        .want());
        assertEquals(
                Want.ONCE,
                Reconciliation.reconciled(runs, new Living(Program.RUN, new Pid(8)), NOW)
                        .want());
        // This one was to be replaced by another that runs once.
        assertEquals(
                new SpawningFinish(Want.ONCE, HISTORY),
                Reconciliation.reconciled(
                        new Stopping(RUN, Want.ONCE, PAST, HISTORY), new BeingSpawned(Program.FINISH), NOW));
    }

    @Test
    void whatIsKnownOfAProcessStaysKnown() {
        Evidence lives = new Living(Program.RUN, PID);
        assertEquals(new Starting(RUN, HISTORY), Reconciliation.reconciled(new Starting(RUN, HISTORY), lives, NOW));
        assertEquals(
                RUN,
                assertInstanceOf(
                                AskedToStop.class,
                                Reconciliation.reconciled(new Killing(RUN, Want.UP, PAST, HISTORY), lives, NOW))
                        .run());
    }
}
