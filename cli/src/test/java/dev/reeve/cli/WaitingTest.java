package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.cli.outside.ExitCode;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Waiting: the client watches, then asks, then follows what it is told.
class WaitingTest extends CommandTest {

    private static final ServiceStatus DOWN = service("web", ServicePhase.DOWN, null);
    private static final ServiceStatus STARTING = service("web", ServicePhase.STARTING, 7);
    private static final ServiceStatus UP = service("web", ServicePhase.UP, 7);
    private static final ServiceStatus UP_AGAIN = service("web", ServicePhase.UP, 8);
    private static final ServiceStatus STOPPING = service("web", ServicePhase.STOPPING, 7);
    private static final ServiceStatus CRASHED = service("web", ServicePhase.BACKING_OFF, null);
    private static final ServiceStatus UNSPAWNABLE =
            service("web", ServicePhase.BACKING_OFF, null, "run: Permission denied");
    private static final ServiceStatus FAILED = service("web", ServicePhase.FAILED, null, "died 10 times in 60 s");

    /// What happens behind the acceptance of an order.
    interface Aftermath {
        void tell(FakeDaemon.Conversation client) throws IOException;
    }

    @Test
    void startWaitsUntilTheServiceIsReady() throws IOException {
        FakeDaemon daemon =
                daemonWith(DOWN, tell(service("other", ServicePhase.FAILED, null), STARTING, CRASHED, STARTING, UP));

        assertEquals(ExitCode.DONE, reeve("start", "--wait", "web"));
        assertEquals("", output());
        assertEquals(
                List.of(new Request.Watch(1, List.of("web")), new Request.Start(2, List.of("web"))), daemon.requests());
    }

    @Test
    void whatIsReadyAlreadyIsNotWaitedFor() throws IOException {
        daemonWith(UP, tell());

        assertEquals(ExitCode.DONE, reeve("start", "--wait", "--json", "web"));
        assertEquals(new String(ProtocolCodec.encode(UP), StandardCharsets.UTF_8), output());
    }

    @Test
    void anEarlierFailureIsForgottenByAStart() throws IOException {
        daemonWith(FAILED, tell(STARTING, UP));

        assertEquals(ExitCode.DONE, reeve("start", "--wait", "web"));
    }

    @Test
    void aFailureEndsTheWaitWith1AndItsReason() throws IOException {
        daemonWith(DOWN, tell(STARTING, FAILED));

        assertEquals(ExitCode.FAILED, reeve("start", "--wait", "web"));
        assertComplains("web failed: died 10 times in 60 s");
    }

    @Test
    void aServiceThatCannotBeSpawnedEndsTheWaitWith1() throws IOException {
        daemonWith(DOWN, tell(UNSPAWNABLE));

        assertEquals(ExitCode.FAILED, reeve("restart", "--wait", "web"));
        assertComplains("web does not start: run: Permission denied");
    }

    @Test
    void restartWaitsForAnotherProcess() throws IOException {
        daemonWith(UP, tell(UP, STOPPING, STARTING, UP, UP_AGAIN));

        assertEquals(ExitCode.DONE, reeve("restart", "--wait", "--json", "web"));
        assertEquals(new String(ProtocolCodec.encode(UP_AGAIN), StandardCharsets.UTF_8), output());
    }

    @Test
    void aProcessThatCameBeforeTheRestartWasTakenIsNotTheNewOne() throws IOException {
        daemon((request, client) -> {
            if (request instanceof Request.Watch) {
                client.say(new Reply.Services(request.id(), 5, List.of(UP)));
                return;
            }
            client.say(new Notice.Changed(6, CRASHED));
            client.say(new Notice.Changed(7, UP_AGAIN));
            client.say(new Reply.Accepted(request.id()));
        });

        assertEquals(ExitCode.TIMED_OUT, reeve("restart", "--wait", "--timeout", "100ms", "web"));
    }

    @Test
    void stopWaitsUntilItIsDown() throws IOException {
        daemonWith(UP, tell(STOPPING, service("web", ServicePhase.FINISHING, 9), DOWN));

        assertEquals(ExitCode.DONE, reeve("stop", "--wait", "web"));
    }

    @Test
    void aTimeoutEndsWith99AndSaysHowThingsAre() throws IOException {
        daemonWith(DOWN, tell(STARTING));

        assertEquals(ExitCode.TIMED_OUT, reeve("start", "--wait", "--timeout", "150ms", "web"));
        assertEquals("reeve: timed out after 150ms: web is starting\n", complaint());
    }

    @Test
    void aDaemonThatGoesAwayEndsTheWaitWith4() throws IOException {
        daemonWith(DOWN, FakeDaemon.Conversation::hangUp);

        assertEquals(ExitCode.UNREACHABLE, reeve("start", "--wait", "web"));
        assertComplains("the daemon is gone");
    }

    @Test
    void aDaemonThatSaysGoodbyeIsQuoted() throws IOException {
        daemonWith(DOWN, client -> client.say(new Notice.Goodbye("you read too slowly")));

        assertEquals(ExitCode.UNREACHABLE, reeve("start", "--wait", "web"));
        assertComplains("you read too slowly");
    }

    @Test
    void waitKnowsUpReadyAndDown() throws IOException {
        daemonWith(STARTING, tell());

        assertEquals(ExitCode.DONE, reeve("wait", "--up", "web"));
        assertEquals(ExitCode.TIMED_OUT, reeve("wait", "--timeout", "50ms", "web"));
        assertEquals("reeve: timed out after 50ms: web is starting\n", complaint());
        assertEquals(ExitCode.TIMED_OUT, reeve("wait", "--down", "--timeout", "50ms", "web"));
    }

    @Test
    void waitTakesAnEarlierFailureForAnAnswer() throws IOException {
        daemonWith(FAILED, tell());

        assertEquals(ExitCode.FAILED, reeve("wait", "--ready", "web"));
        assertComplains("web failed: died 10 times in 60 s");
        assertEquals(ExitCode.DONE, reeve("wait", "--down", "web"));
    }

    @Test
    void allThatAreNamedMustGetThere() throws IOException {
        ServiceStatus database = service("db", ServicePhase.UP, 3);
        daemon((request, client) -> {
            client.say(new Reply.Services(request.id(), 1, List.of(service("db", ServicePhase.STARTING, 3), STARTING)));
            client.say(new Notice.Changed(2, database));
            client.say(new Notice.Changed(3, service("db", ServicePhase.STOPPING, 3)));
        });

        assertEquals(ExitCode.TIMED_OUT, reeve("wait", "--timeout", "150ms", "db", "web"));
        assertEquals("reeve: timed out after 150ms: web is starting\n", complaint());
    }

    @Test
    void shutdownWaitsForTheEndOfTheDaemon() throws IOException {
        daemon((request, client) -> {
            client.say(new Reply.Accepted(request.id()));
            client.hangUp();
        });

        assertEquals(ExitCode.DONE, reeve("shutdown", "--wait"));
        assertEquals(ExitCode.DONE, reeve("shutdown"));
    }

    @Test
    void shutdownTimesOutLikeTheOthers() throws IOException {
        daemon((request, client) -> client.say(new Reply.Accepted(request.id())));

        assertEquals(ExitCode.TIMED_OUT, reeve("shutdown", "--wait", "--timeout", "100ms"));
        assertComplains("the daemon still runs");
    }

    private FakeDaemon daemonWith(ServiceStatus before, Aftermath aftermath) throws IOException {
        return daemon((request, client) -> {
            if (request instanceof Request.Watch) {
                client.say(new Reply.Services(request.id(), 5, List.of(before)));
                return;
            }
            client.say(new Reply.Accepted(request.id()));
            aftermath.tell(client);
        });
    }

    private static Aftermath tell(ServiceStatus... changes) {
        return client -> {
            for (int i = 0; i < changes.length; i++) {
                client.say(new Notice.Changed(6 + i, changes[i]));
            }
        };
    }
}
