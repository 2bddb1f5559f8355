package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.fleet.Vitals;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.History;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.RestartPolicy;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.BecameReady;
import dev.reeve.daemon.service.ServiceEvent.DeadlinePassed;
import dev.reeve.daemon.service.ServiceEvent.FinishEnded;
import dev.reeve.daemon.service.ServiceEvent.FinishSkipped;
import dev.reeve.daemon.service.ServiceEvent.FinishSpawned;
import dev.reeve.daemon.service.ServiceEvent.GroupSignalRequested;
import dev.reeve.daemon.service.ServiceEvent.NotAgainRequested;
import dev.reeve.daemon.service.ServiceEvent.OnceRequested;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.SignalRequested;
import dev.reeve.daemon.service.ServiceEvent.SpawnFailed;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceEvent.StopSettingsRead;
import dev.reeve.daemon.service.ServiceMachine;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.StopSettings;
import dev.reeve.daemon.service.Want;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Services go through the real machine, a second a step, and what is announced of it is compared with what
/// s6-supervise announces (s6's servicedir.html).
class AnnouncerTest {
    private static final Instant BEGIN = Instant.ofEpochSecond(1_800_000_000);
    private static final RunSettings SILENT = RunSettings.DEFAULT;
    private static final RunSettings ANNOUNCING = new RunSettings(true, RestartPolicy.DEFAULT, StopSettings.DEFAULT);
    private static final Moment MOMENT = new Moment(0);
    private static final Signal STOP = new Signal(19);
    private static final ExitStatus KILLED = new Killed(Signal.KILL);

    private final ServiceMachine machine = new ServiceMachine();
    private final Announcer announcer = new Announcer();
    private ServiceState state = new Down(History.NONE);
    private Optional<Want> lastWant = Optional.empty();
    private int seconds;
    private Announcement last = new Announcement(List.of(), Optional.empty(), "");

    @BeforeEach
    void theServiceIsFound() {
        last = announcer.changed(situation(), now());
    }

    @Test
    void oneThatWasFoundIsSupervisedAndReallyDownAndWasNeverStarted() {
        assertEquals("s", last.events());
        assertEquals(new Status(BEGIN, BEGIN, 0, 0, true, false, false, true), status());
    }

    @Test
    void oneThatSaysNothingOfReadinessComesUpAndIsNeverReady() {
        assertEquals("", happens(new StartRequested()));
        assertTrue(status().wantedUp());
        assertEquals("u", happens(spawned(7, SILENT)));
        assertEquals(new Status(now(), BEGIN, 7, 0, false, false, true, false), status());
    }

    @Test
    void oneThatAnnouncesReadinessComesUpAndBecomesReady() {
        happens(new StartRequested());
        assertEquals("u", happens(spawned(7, ANNOUNCING)));
        assertFalse(status().ready());
        Instant cameUp = now();
        assertEquals("U", happens(new BecameReady()));
        assertEquals(new Status(cameUp, now(), 7, 0, false, false, true, true), status());
    }

    @Test
    void oneThatIsStoppedIsUpAndReadyUntilItHasEnded() {
        up(7, ANNOUNCING);
        happens(new BecameReady());
        assertEquals("", happens(new StopRequested()));
        assertFalse(status().wantedUp());
        assertEquals("", happens(new StopSettingsRead(StopSettings.DEFAULT)));
        assertEquals(7, status().pid());
        assertTrue(status().ready());
    }

    @Test
    void anEndWithoutFinishIsAnnouncedBeforeItIsReallyDown() {
        up(7, SILENT);
        happens(new StopRequested());
        assertEquals("d", happens(new ProcessEnded(KILLED)));
        Instant ended = now();
        assertEquals(List.of(new Death(ended, KILLED)), last.deaths());
        assertEquals(9, status().waitStatus());
        assertFalse(status().ready());
        assertEquals("D", happens(new FinishSkipped(false)));
        assertEquals(List.of(), last.deaths());
        assertEquals(new Status(ended, now(), 0, 9, false, false, false, true), status());
    }

    @Test
    void whileFinishRunsItsPidIsTold() {
        up(7, SILENT);
        happens(new StopRequested());
        happens(new ProcessEnded(new Exited(3)));
        assertEquals("", happens(new FinishSpawned(new Pid(8), Optional.empty())));
        assertEquals(8, status().pid());
        assertTrue(status().finishing());
        assertEquals(3 << 8, status().waitStatus());
        assertEquals("D", happens(new FinishEnded(new Exited(0))));
        assertFalse(status().finishing());
        assertEquals(0, status().pid());
    }

    @Test
    void aFinishThatHasToBeKilledIsFinishingStill() {
        up(7, SILENT);
        happens(new StopRequested());
        happens(new ProcessEnded(KILLED));
        happens(new FinishSpawned(new Pid(8), Optional.of(Duration.ZERO)));
        assertEquals("", happens(new DeadlinePassed()));
        assertTrue(status().finishing());
        assertEquals("D", happens(new FinishEnded(KILLED)));
    }

    @Test
    void oneThatIsStartedAgainAtOnceWasReallyDownBetween() {
        up(7, ANNOUNCING);
        seconds += 100;
        assertEquals("d", happens(new ProcessEnded(new Exited(1))));
        assertEquals("D", happens(new FinishSkipped(false)));
        assertTrue(status().wantedUp());
        assertEquals("u", happens(spawned(9, ANNOUNCING)));
        assertEquals(9, status().pid());
        assertEquals(1 << 8, status().waitStatus());
    }

    @Test
    void oneWhoseFinishSaysSoHasFailedForGoodBeforeItIsReallyDown() {
        up(7, SILENT);
        happens(new ProcessEnded(new Exited(1)));
        happens(new FinishSpawned(new Pid(8), Optional.empty()));
        assertEquals("OD", happens(new FinishEnded(new Exited(125))));
        assertFalse(status().wantedUp());
        assertEquals("", happens(new StopRequested()));
    }

    @Test
    void oneThatCannotBeStartedStaysReallyDownAndWanted() {
        happens(new StartRequested());
        assertEquals("", happens(new SpawnFailed("no run")));
        assertEquals(new Status(BEGIN, BEGIN, 0, 0, true, false, true, true), status());
    }

    @Test
    void oneThatIsPausedIsSoUntilItGoesOnOrEnds() {
        up(7, SILENT);
        assertEquals("", happens(new SignalRequested(STOP)));
        assertTrue(status().paused());
        assertEquals("", happens(new SignalRequested(Signal.CONT)));
        assertFalse(status().paused());
        happens(new GroupSignalRequested(STOP));
        assertTrue(status().paused());
        happens(new ProcessEnded(KILLED));
        assertFalse(status().paused());
    }

    @Test
    void oneThatIsStoppedGoesOnToGetItsSignal() {
        up(7, SILENT);
        happens(new SignalRequested(STOP));
        happens(new StopRequested());
        assertTrue(status().paused());
        happens(new StopSettingsRead(StopSettings.DEFAULT));
        assertFalse(status().paused());
    }

    @Test
    void oneThatIsToRunOnceIsUpAndNotWantedUp() {
        assertEquals("", happens(new OnceRequested()));
        assertEquals("u", happens(spawned(7, SILENT)));
        assertEquals(new Status(now(), BEGIN, 7, 0, false, false, false, false), status());
        happens(new StartRequested());
        assertTrue(status().wantedUp());
        happens(new NotAgainRequested());
        assertFalse(status().wantedUp());
    }

    @Test
    void oneThatIsSupervisedNoMoreAfterItsEndIsWantedAsItWasLastAsked() {
        up(7, SILENT);
        lastWant = Optional.of(Want.UP);
        happens(new NotAgainRequested());
        assertTrue(status().wantedUp());
        lastWant = Optional.of(Want.DOWN);
        happens(new ProcessEnded(KILLED));
        assertFalse(status().wantedUp());
    }

    private ServiceSituation situation() {
        return new ServiceSituation(
                new ServiceName("web"), state, MOMENT, false, lastWant, new Vitals(MOMENT, MOMENT, true));
    }

    private void up(int pid, RunSettings settings) {
        happens(new StartRequested());
        happens(spawned(pid, settings));
    }

    private static ServiceEvent spawned(int pid, RunSettings settings) {
        return new Spawned(new Pid(pid), settings);
    }

    /// The events that are announced when this happens, a second later.
    private String happens(ServiceEvent event) {
        seconds++;
        Moment moment = new Moment(Duration.ofSeconds(1_000 + seconds).toNanos());
        state = machine.on(state, event, moment).next();
        last = announcer.changed(situation(), now());
        return last.events();
    }

    private Status status() {
        return last.status().orElseThrow();
    }

    private Instant now() {
        return BEGIN.plusSeconds(seconds);
    }
}
