package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.Explanation;
import dev.reeve.protocol.Explanation.Step;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Reply.Refusal;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ThreadTrace;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What one may ask besides starting and stopping: why, rescan, debug; and what the log keeps of who asked.
class ControlRequestsScenarioTest {
    @TempDir
    Path directory;

    private ServiceDirectories services;
    private RunningDaemon daemon;

    @BeforeEach
    void aDaemonWithTwoServices() {
        services = ServiceDirectories.in(directory)
                .service("steady", "exec sleep 1000")
                .service("brief", "exit 7");
        daemon = RunningDaemon.on(services);
        daemon.awaitReady("steady");
    }

    @AfterEach
    void end() throws IOException {
        daemon.close();
    }

    @Test
    void whyTellsWhoAskedLastAndByWhichCommand() throws IOException {
        try (RawClient client = daemon.client()) {
            assertEquals(List.of(), why(client, "steady").requests());
            client.ask("stop", "steady");
            Explanation explanation = await("the peer's command")
                    .until(
                            () -> why(client, "steady"),
                            told -> told.requests().getFirst().command() != null);
            Explanation.Asked asked = explanation.requests().getFirst();
            assertEquals("stop", asked.op());
            assertEquals(ProcessHandle.current().pid(), asked.pid());
            assertTrue(asked.command().contains("java"), asked.command());
            assertEquals(false, explanation.service().wantedUp());
        }
    }

    @Test
    void whyTellsWhatComesNext() throws IOException {
        services.service("stubborn", "trap '' TERM; echo >ignores; while :; do sleep 1; done");
        daemon.await("brief", status -> status.phase() == ServicePhase.BACKING_OFF && status.restarts() > 1);
        try (RawClient client = daemon.client()) {
            Explanation brief = await().until(
                            () -> why(client, "brief"),
                            told -> told.next() != null && told.next().step() == Step.START);
            assertNotNull(brief.next().at());
            assertNull(why(client, "steady").next());
            client.send("{\"id\":1,\"op\":\"rescan\"}");
            client.line();
            await().until(() -> Files.exists(services.path("stubborn", "ignores")));
            client.ask("stop", "stubborn");
            Explanation stubborn = await().until(
                            () -> why(client, "stubborn"),
                            told -> told.next() != null && told.next().step() == Step.KILL);
            assertNull(stubborn.next().at(), "it has no timeout-kill");
            ProcessHandle.of(stubborn.service().pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void svcDoesWhatEachLetterSays() throws IOException {
        try (RawClient client = daemon.client()) {
            assertInstanceOf(Reply.Accepted.class, svc(client, "D"));
            daemon.await("steady", status -> status.phase() == ServicePhase.DOWN);
            await().until(() -> Files.exists(services.path("steady", "down")));
            assertEquals("svc D", why(client, "steady").requests().getFirst().op());
            // The last word counts, however fast they come.
            assertInstanceOf(Reply.Accepted.class, svc(client, "UDU"));
            daemon.awaitReady("steady");
            await().until(() -> !Files.exists(services.path("steady", "down")));

            Reply.Refused refused = assertInstanceOf(Reply.Refused.class, svc(client, "uwz"));
            assertEquals(Refusal.BAD_REQUEST, refused.refusal());
            assertTrue(
                    refused.reason().startsWith("w, z are no letters of s6-svc: there are u U d D"), refused.reason());
        }
        await().until(() -> daemon.log().contains(": svc UDU steady"));
    }

    @Test
    void rescanTakesUpWhatIsNew() throws IOException {
        services.service("late", "exec sleep 1000");
        try (RawClient client = daemon.client()) {
            assertInstanceOf(Reply.Refused.class, client.ask("start", "late"));
            client.send("{\"id\":1,\"op\":\"rescan\"}");
            Reply.Scanned scanned = assertInstanceOf(Reply.Scanned.class, client.message());
            assertEquals(List.of("late"), scanned.scan().found());
            assertInstanceOf(Reply.Services.class, client.ask("status", "late"));
        }
        daemon.awaitReady("late");
    }

    private static Reply svc(RawClient client, String letters) throws IOException {
        client.send("{\"id\":1,\"op\":\"svc\",\"services\":[\"steady\"],\"letters\":\"" + letters + "\"}");
        return (Reply) client.message();
    }

    @ParameterizedTest
    @CsvSource({"loop, turns", "memory, heap-used-bytes", "descriptors, service-directories"})
    void debugAnswersWithFigures(String topic, String figure) throws IOException {
        try (RawClient client = daemon.client()) {
            client.send("{\"id\":1,\"op\":\"debug\",\"topic\":\"" + topic + "\"}");
            Reply.Figures reply = assertInstanceOf(Reply.Figures.class, client.message());
            assertTrue(reply.figures().get(figure) > 0, reply.toString());
        }
    }

    @Test
    void debugThreadsShowsTheLoopWaiting() throws IOException {
        try (RawClient client = daemon.client()) {
            client.send("{\"id\":1,\"op\":\"debug\",\"topic\":\"threads\"}");
            Reply.Threads reply = assertInstanceOf(Reply.Threads.class, client.message());
            ThreadTrace main = reply.threads().stream()
                    .filter(thread -> thread.name().equals("main"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(main.stack().stream().anyMatch(frame -> frame.contains("Reactor.run")), main.toString());
        }
    }

    @Test
    void theLogKeepsWhoChangedAndWhoWasRefused() throws IOException {
        String peer = "pid " + ProcessHandle.current().pid() + ": ";
        try (RawClient client = daemon.client()) {
            client.ask("restart", "steady");
            client.ask("stop", "nosuch");
            client.send("nonsense");
            client.line();
        }
        await("the log").until(() -> daemon.log().contains("a line that is no request"));
        assertTrue(daemon.log().contains(peer + "restart steady\n"), daemon.log());
        assertTrue(
                daemon.log().contains(peer + "stop nosuch: refused, unknown-service: there is no service nosuch\n"),
                daemon.log());
    }

    @Test
    void aFloodOfRequestsDoesNotFloodTheLog() throws IOException {
        long before = daemon.log().lines().count();
        try (RawClient client = daemon.client()) {
            for (int round = 0; round < 5_000; round++) {
                client.send("{\"id\":" + round + ",\"op\":\"stop\",\"services\":[\"nosuch\"]}");
                assertEquals(
                        Refusal.UNKNOWN_SERVICE,
                        assertInstanceOf(Reply.Refused.class, client.message()).refusal());
            }
        }
        await("the count").until(() -> daemon.log().contains(" further requests"));
        long lines = daemon.log().lines().count() - before;
        assertTrue(lines < 500, lines + " lines");
    }

    @Test
    void aClientThatHasAskedAndEndsItsSideIsAnsweredBeforeTheConnectionEnds() throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(daemon.socket()))) {
            channel.write(ByteBuffer.wrap(
                    "{\"id\":1,\"op\":\"status\"}\n{\"id\":2,\"op\":\"version\"}\n".getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            String all = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = all.lines().toList();
            assertEquals(3, lines.size(), all);
            assertTrue(lines.get(1).startsWith("{\"id\":1,\"ok\":true,"), all);
            assertTrue(lines.get(2).startsWith("{\"id\":2,\"ok\":true,"), all);
        }
    }

    @Test
    void signalsReachTheProcessAndReloadIsTheOneThatItsFileNames() throws IOException {
        services.service("listener", """
                        trap 'echo usr1 >>heard' USR1
                        trap 'echo usr2 >>heard' USR2
                        trap 'echo hup >>heard' HUP
                        echo >heard
                        while :; do sleep 0.05; done""").file("listener", "reload-signal", "USR2\n");
        Path heard = services.path("listener", "heard");
        try (RawClient client = daemon.client()) {
            client.send("{\"id\":1,\"op\":\"rescan\"}");
            client.line();
            await().until(() -> Files.exists(heard));
            client.send("{\"id\":2,\"op\":\"signal\",\"services\":[\"listener\"],\"signal\":\"usr1\"}");
            assertInstanceOf(Reply.Accepted.class, client.message());
            await("the signal").until(() -> Files.readString(heard).contains("usr1"));
            assertInstanceOf(Reply.Accepted.class, client.ask("reload", "listener"));
            await("the reload").until(() -> Files.readString(heard).contains("usr2"));
            assertEquals("\nusr1\nusr2\n", Files.readString(heard));
            assertEquals("reload", why(client, "listener").requests().getLast().op());
            client.ask("stop", "listener");
            daemon.await("listener", status -> status.phase() == ServicePhase.DOWN);
            assertEquals(
                    Refusal.NOT_RUNNING,
                    assertInstanceOf(Reply.Refused.class, client.ask("reload", "listener"))
                            .refusal());
        }
    }

    @Test
    void oneThatIsNoInitDoesNotEndTheMachine() throws IOException {
        try (RawClient client = daemon.client()) {
            for (String order : List.of(
                    "\"how\":\"poweroff\"", "\"how\":\"reboot\"", "\"how\":\"cancel\"", "\"after-seconds\":5")) {
                client.send("{\"id\":1,\"op\":\"shutdown\"," + order + "}");
                Reply.Refused refused = assertInstanceOf(Reply.Refused.class, client.message());
                assertEquals(Reply.Refusal.NOT_AVAILABLE, refused.refusal(), refused.reason());
            }
            assertTrue(client.status("steady").getFirst().ready());
        }
    }

    @Test
    void signalsWithoutAMeaningAreRefused() throws IOException {
        try (RawClient client = daemon.client()) {
            for (String signal : Set.of("FOO", "0", "65", "-1", "SIGSIGHUP")) {
                client.send("{\"id\":1,\"op\":\"signal\",\"services\":[\"steady\"],\"signal\":\"" + signal + "\"}");
                assertEquals(
                        Refusal.BAD_REQUEST,
                        assertInstanceOf(Reply.Refused.class, client.message()).refusal(),
                        signal);
            }
        }
    }

    private static Explanation why(RawClient client, String service) throws IOException {
        return assertInstanceOf(Reply.Explanations.class, client.ask("why", service))
                .explanations()
                .getFirst();
    }
}
