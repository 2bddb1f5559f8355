package dev.reeve.daemon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.reactor.WallTimes;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.History;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.Run;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.SelfReport;
import dev.reeve.daemon.service.SelfReport.Activity;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.Aborting;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Killing;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import dev.reeve.daemon.service.ServiceState.Starting;
import dev.reeve.daemon.service.ServiceState.Stopping;
import dev.reeve.daemon.service.ServiceState.Up;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.Want;
import dev.reeve.protocol.Explanation.Next;
import dev.reeve.protocol.Explanation.Step;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What comes next, in the words of the protocol and on the wall clock.
class StatusReportTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final Moment NOW = new Moment(5_000_000_000L);
    private static final Moment IN_TWO_SECONDS = NOW.plus(Duration.ofSeconds(2));
    private static final Run RUN = new Run(new Pid(7), RunSettings.DEFAULT, NOW, Optional.empty());

    private final StatusReport report = new StatusReport(() -> NOW, () -> NOON, new WallTimes(() -> NOW, () -> NOON));

    @Test
    void aServiceThatBacksOffIsStartedAtItsDeadline() {
        assertEquals(
                new Next(Step.START, NOON.plusSeconds(2)),
                next(new BackingOff(Optional.empty(), IN_TWO_SECONDS, History.NONE)));
    }

    @Test
    void aServiceThatStopsIsKilledAtItsDeadlineIfItHasOne() {
        assertEquals(
                new Next(Step.KILL, NOON.plusSeconds(2)),
                next(new Stopping(RUN, Want.DOWN, IN_TWO_SECONDS, History.NONE)));
        assertEquals(new Next(Step.KILL, null), next(new Stopping(RUN, Want.DOWN, Moment.NEVER, History.NONE)));
        assertEquals(
                new Next(Step.KILL_AGAIN, NOON.plusSeconds(2)),
                next(new Killing(RUN, Want.DOWN, IN_TWO_SECONDS, History.NONE)));
    }

    @Test
    void whatOthersDecideHasNoTime() {
        assertEquals(new Next(Step.EXECUTE, null), next(new Spawning(Want.UP, History.NONE)));
        assertEquals(new Next(Step.READINESS, null), next(new Starting(RUN, History.NONE)));
    }

    @Test
    void aServiceThatIsAbortedSaysWhyAndIsKilledAtItsDeadline() {
        ServiceState aborting = new Aborting(RUN, "it was silent", Want.UP, IN_TWO_SECONDS, History.NONE);
        assertEquals(new Next(Step.KILL, NOON.plusSeconds(2)), next(aborting));
        assertEquals("it was silent; it was sent SIGABRT", status(aborting).reason());
    }

    @Test
    void whyItWasAbortedIsSaidUntilItRunsAgain() {
        History history = new History(
                Optional.of(new ExitStatus.Killed(Signal.ABRT)),
                1,
                Duration.ZERO,
                NOW,
                List.of(),
                Optional.empty(),
                Optional.of("it was silent"));
        String reason = "it was silent; it was sent SIGABRT";
        assertEquals(reason, status(new SpawningFinish(Want.UP, history)).reason());
        assertEquals(reason, status(new Down(history)).reason());
        assertEquals(
                reason,
                status(new BackingOff(Optional.empty(), IN_TWO_SECONDS, history))
                        .reason());
        assertEquals(
                "no run",
                status(new BackingOff(Optional.of("no run"), IN_TWO_SECONDS, history))
                        .reason());
        assertNull(status(new Spawning(Want.UP, history)).reason());
        assertNull(status(new Up(RUN, history)).reason());
    }

    @Test
    void whatItSaysOfItselfIsShown() {
        ServiceStatus silent = status(new Up(RUN, History.NONE));
        assertNull(silent.status());
        assertFalse(silent.reloading());
        ServiceStatus reloading =
                status(new Up(reporting(new SelfReport(Optional.of("busy"), Activity.RELOADING)), History.NONE));
        assertEquals("busy", reloading.status());
        assertTrue(reloading.reloading());
        assertEquals(ServicePhase.UP, reloading.phase());
        ServiceStatus ending =
                status(new Up(reporting(new SelfReport(Optional.empty(), Activity.ENDING)), History.NONE));
        assertEquals(ServicePhase.STOPPING, ending.phase());
        assertFalse(ending.ready());
    }

    private static Run reporting(SelfReport report) {
        return new Run(
                RUN.pid(), RUN.leader(), RUN.settings(), RUN.startedAt(), RUN.readyAt(), false, report, RUN.watchdog());
    }

    private ServiceStatus status(ServiceState state) {
        return report.of(new ServiceSituation(new ServiceName("web"), state, NOW));
    }

    @Test
    void nothingComesNextForAServiceThatIsDown() {
        assertNull(next(new Down(History.NONE)));
    }

    private @Nullable Next next(ServiceState state) {
        return report.explain(new ServiceSituation(new ServiceName("web"), state, NOW), List.of())
                .next();
    }
}
