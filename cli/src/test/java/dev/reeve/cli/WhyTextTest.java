package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.protocol.Explanation;
import dev.reeve.protocol.Explanation.Asked;
import dev.reeve.protocol.Explanation.Next;
import dev.reeve.protocol.Explanation.Step;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhyTextTest {
    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

    @Test
    void aServiceThatNobodyTouchedSaysSo() {
        assertEquals(
                List.of(
                        "web has been up and ready with pid 7 for 1m, and is wanted up.",
                        "  Nobody has asked for anything since it was found.",
                        "  Nothing is to come: it stays up."),
                lines(ServicePhase.UP, 7, true, null, null, List.of(), null));
    }

    @Test
    void oneThatBacksOffTellsWhyAndWhenItIsTriedAgain() {
        assertEquals(
                List.of(
                        "web has been backing off for 1m, and is wanted up.",
                        "  start was asked for by root (pid 4711: reeve start web), 10s ago.",
                        "  signal was asked for by user 1000 (in another PID namespace), 2s ago.",
                        "  svc p was asked for through supervise/control, 1s ago.",
                        "  Its run last ended with exit code 1; it ended unasked and was started again 3 times.",
                        "  The reason: run: Permission denied",
                        "  It is started again in 1.5s."),
                lines(
                        ServicePhase.BACKING_OFF,
                        null,
                        true,
                        new ServiceStatus.Exit.Code(1),
                        "run: Permission denied",
                        List.of(
                                new Asked("start", NOW.minusSeconds(10), 0, 0, 4711, "reeve start web"),
                                new Asked("signal", NOW.minusSeconds(2), 1000, 100, 0, null),
                                Asked.through("svc p", NOW.minusSeconds(1), "supervise/control")),
                        new Next(Step.START, NOW.plusMillis(1500))));
    }

    @Test
    void oneThatIsWaitedForWithoutLimitTellsWhatToDo() {
        assertEquals(
                "  It waits for run to end, without limit: give it a timeout-kill, or reeve signal KILL web.",
                lines(ServicePhase.STOPPING, 7, false, null, null, List.of(), new Next(Step.KILL, null))
                        .getLast());
        assertEquals(
                "  It waits for finish to end; it is killed in 20s if it has not.",
                lines(ServicePhase.FINISHING, 7, false, null, null, List.of(), new Next(Step.KILL, NOW.plusSeconds(20)))
                        .getLast());
    }

    @Test
    void oneThatWasGivenUpTellsHowToStartIt() {
        assertEquals(
                "  It stays so until someone starts it: reeve start web",
                lines(ServicePhase.FAILED, null, false, null, "finish said so", List.of(), null)
                        .getLast());
    }

    @Test
    void oneThatRunsOnceOrIsPausedSaysSo() {
        ServiceStatus web = new ServiceStatus(
                "web", ServicePhase.UP, true, true, 7, NOW.minusSeconds(60), null, 0, null, true, true, null);
        assertEquals(
                List.of(
                        "web has been up and ready with pid 7 for 1m, and is wanted up until it ends by itself. It is"
                                + " paused: reeve signal CONT web has it go on.",
                        "  Nobody has asked for anything since it was found.",
                        "  Nothing is to come: it will not be started again when it ends."),
                WhyText.lines(new Explanation(web, List.of(), null), NOW));
    }

    @Test
    void whatItSaysOfItselfIsTold() {
        ServiceStatus service = new ServiceStatus(
                "web",
                ServicePhase.UP,
                true,
                true,
                7,
                NOW,
                null,
                0,
                null,
                false,
                false,
                null,
                "serving 3 clients",
                true);
        List<String> lines = WhyText.lines(new Explanation(service, List.of(), null), NOW);
        assertEquals("  It reads its configuration again, and has not said that it has.", lines.get(2));
        assertEquals("  It says: serving 3 clients", lines.get(3));
    }

    private static List<String> lines(
            ServicePhase phase,
            @Nullable Integer pid,
            boolean wantedUp,
            ServiceStatus.@Nullable Exit exit,
            @Nullable String reason,
            List<Asked> requests,
            @Nullable Next next) {
        ServiceStatus service = new ServiceStatus(
                "web", phase, phase == ServicePhase.UP, wantedUp, pid, NOW.minusSeconds(60), exit, 3, reason);
        return WhyText.lines(new Explanation(service, requests, next), NOW);
    }
}
