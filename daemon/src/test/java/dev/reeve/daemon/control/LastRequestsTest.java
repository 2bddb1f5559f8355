package dev.reeve.daemon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.fleet.Letter;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.protocol.Explanation.Asked;
import dev.reeve.protocol.Request;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastRequestsTest {
    private static final ServiceName WEB = new ServiceName("web");
    private static final Request STOP = new Request.Stop(1, List.of("web"));
    private static final Request START = new Request.Start(2, List.of("web"));
    private static final Request SIGNAL = new Request.Signal(3, "HUP", List.of("web"));

    private final LastRequests last = new LastRequests();
    private final Peer peer = new Peer(0, 0, 7);

    @Test
    void nobodyHasAskedForAServiceThatNobodyNamed() {
        note(STOP);
        assertEquals(List.of(), last.of(new ServiceName("other")));
    }

    @Test
    void theLastGoalIsKeptAndTheLastOtherRequestAfterIt() {
        note(STOP);
        note(START);
        note(SIGNAL);
        note(SIGNAL);
        assertEquals(List.of("start", "signal"), ops());
        note(STOP);
        assertEquals(List.of("stop"), ops());
    }

    @Test
    void aSignalAloneIsKept() {
        note(SIGNAL);
        assertEquals(List.of("signal"), ops());
    }

    @Test
    void whatCameThroughSuperviseControlIsKeptLikeTheRest() {
        note(STOP);
        last.note(WEB, Letter.HANG_UP, Instant.EPOCH);
        assertEquals(List.of("stop", "svc h"), ops());
        last.note(WEB, Letter.UP, Instant.EPOCH);
        assertEquals(List.of(Asked.through("svc u", Instant.EPOCH, "supervise/control")), last.of(WEB));
    }

    @Test
    void aCommandThatIsReadLaterIsTold() {
        note(STOP);
        assertEquals(
                new Asked("stop", Instant.EPOCH, 0, 0, 7, null), last.of(WEB).getFirst());
        peer.command("reeve stop web");
        assertEquals(
                new Asked("stop", Instant.EPOCH, 0, 0, 7, "reeve stop web"),
                last.of(WEB).getFirst());
    }

    @Test
    void whoIsForgottenIsWhoWasNotAskedForLongest() {
        note(STOP);
        for (int i = 0; i < 10_000; i++) {
            last.note(START, List.of(new ServiceName("s" + i)), peer, Instant.EPOCH);
        }
        assertEquals(List.of(), ops());
        assertEquals(1, last.of(new ServiceName("s9999")).size());
    }

    private void note(Request request) {
        last.note(request, List.of(WEB), peer, Instant.EPOCH);
    }

    private List<String> ops() {
        return last.of(WEB).stream().map(Asked::op).toList();
    }
}
