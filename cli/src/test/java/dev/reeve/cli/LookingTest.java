package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.cli.outside.ExitCode;
import dev.reeve.protocol.DebugTopic;
import dev.reeve.protocol.Explanation;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ScanResult;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ThreadTrace;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/// why, debug, rescan, reload, signal, tree: what is sent, and what is shown.
class LookingTest extends CommandTest {

    @Test
    void whyPrintsSentencesOrTheProtocolsObject() throws IOException {
        FakeDaemon daemon = daemon((request, client) -> client.say(new Reply.Explanations(
                request.id(), List.of(new Explanation(service("web", ServicePhase.UP, 7), List.of(), null)))));

        assertEquals(ExitCode.DONE, reeve("why", "web"));
        assertTrue(output().startsWith("web has been up and ready with pid 7 for "), output());
        assertEquals(ExitCode.DONE, reeve("why", "--json", "web"));
        assertTrue(output().startsWith("{\"service\":{\"name\":\"web\","), output());
        assertEquals(new Request.Why(1, List.of("web")), daemon.requests().getLast());
    }

    @Test
    void debugPrintsFiguresInColumns() throws IOException {
        SequencedMap<String, Long> figures = new LinkedHashMap<>();
        figures.put("turns", 12L);
        figures.put("longest-turn-micros", 1447L);
        FakeDaemon daemon = daemon((request, client) -> client.say(new Reply.Figures(request.id(), figures)));

        assertEquals(ExitCode.DONE, reeve("debug", "loop"));
        assertEquals("turns                12\nlongest-turn-micros  1447\n", output());
        assertEquals(ExitCode.DONE, reeve("debug", "memory", "--json"));
        assertEquals("{\"turns\":12,\"longest-turn-micros\":1447}\n", output());
        assertEquals(
                List.of(new Request.Debug(1, DebugTopic.LOOP), new Request.Debug(1, DebugTopic.MEMORY)),
                daemon.requests());
    }

    @Test
    void debugPrintsThreadsAsTheJvmDoes() throws IOException {
        daemon((request, client) -> client.say(new Reply.Threads(
                request.id(), List.of(new ThreadTrace("main", "runnable", List.of("a.B.c(B.java:1)", "d"))))));

        assertEquals(ExitCode.DONE, reeve("debug", "threads"));
        assertEquals("main, runnable\n    at a.B.c(B.java:1)\n    at d\n", output());
        assertEquals(ExitCode.DONE, reeve("debug", "threads", "--json"));
        assertEquals("{\"name\":\"main\",\"state\":\"runnable\",\"stack\":[\"a.B.c(B.java:1)\",\"d\"]}\n", output());
    }

    @Test
    void debugOfSomethingElseIsWrongUsage() throws IOException {
        daemon((_, _) -> {});

        assertEquals(ExitCode.USAGE, reeve("debug", "weather"));
        assertEquals(ExitCode.USAGE, reeve("debug"));
    }

    @Test
    void rescanPrintsWhatHasChanged() throws IOException {
        ScanResult scan = new ScanResult(
                List.of("web"),
                List.of("old"),
                new LinkedHashMap<>(Map.of("a", "b")),
                List.of("x is passed over: it is a link"));
        daemon((request, client) -> client.say(new Reply.Scanned(request.id(), scan)));

        assertEquals(ExitCode.DONE, reeve("rescan"));
        assertEquals("""
                web is new
                old is gone: it is stopped, and forgotten then
                a is called b now
                x is passed over: it is a link
                """, output());
        assertEquals(ExitCode.DONE, reeve("rescan", "--json"));
        assertEquals("""
                {"found":["web"],"gone":["old"],"renamed":{"a":"b"},"problems":["x is passed over: it is a link"]}
                """, output());
    }

    @Test
    void rescanSaysWhenNothingHasChanged() throws IOException {
        ScanResult scan = new ScanResult(List.of(), List.of(), new LinkedHashMap<>(), List.of());
        daemon((request, client) -> client.say(new Reply.Scanned(request.id(), scan)));

        assertEquals(ExitCode.DONE, reeve("rescan"));
        assertEquals("nothing has changed\n", output());
    }

    @Test
    void reloadAndSignalAskAndSayNothing() throws IOException {
        FakeDaemon daemon = daemon((request, client) -> client.say(new Reply.Accepted(request.id())));

        assertEquals(ExitCode.DONE, reeve("reload", "web", "db"));
        assertEquals(ExitCode.DONE, reeve("signal", "RTMIN+3", "web", "db"));
        assertEquals("", output() + complaint());
        assertEquals(
                List.of(
                        new Request.Reload(1, List.of("web", "db")),
                        new Request.Signal(1, "RTMIN+3", List.of("web", "db"))),
                daemon.requests());
        assertEquals(ExitCode.USAGE, reeve("signal", "HUP"));
    }

    @Test
    void treeNamesTheDaemonAndItsServices() throws IOException {
        daemon((request, client) -> client.say(new Reply.Services(
                request.id(),
                0,
                List.of(service("db", ServicePhase.DOWN, null), service("db/log", ServicePhase.DOWN, null)))));

        assertEquals(ExitCode.DONE, reeve("tree", "db"));
        assertEquals("reeved 0.1.0, pid 1\n└─ db: down\n   └─ db/log: down\n", output());
        assertEquals(ExitCode.DONE, reeve("tree", "--json", "db/log"));
        assertTrue(output().startsWith("{\"service\":{\"name\":\"db/log\","), output());
        assertTrue(output().endsWith(",\"processes\":[]}\n"), output());
        assertEquals(ExitCode.UNKNOWN_SERVICE, reeve("tree", "web"));
    }

    @Test
    void whatMayNotBeAskedEndsWith1() throws IOException {
        daemon((request, client) -> client.say(
                new Reply.Refused(request.id(), Reply.Refusal.NOT_ALLOWED, "on this socket one may only look")));

        assertEquals(ExitCode.FAILED, reeve("rescan"));
        assertComplains("on this socket one may only look");
    }

    @Test
    void aDaemonThatRefusesTheConnectionIsQuoted() throws IOException {
        daemon("{\"event\":\"goodbye\",\"reason\":\"user 7 may not\"}", (_, _) -> {});

        assertEquals(ExitCode.FAILED, reeve("status"));
        assertComplains("the daemon refuses: user 7 may not");
    }

    @Test
    void watchingMoreThanOneRequestNamesMeansWatchingAll() throws IOException {
        String[] names = new String[5_001];
        names[0] = "watch";
        for (int i = 1; i < names.length; i++) {
            names[i] = "s" + i;
        }
        FakeDaemon daemon = daemon((request, client) -> {
            client.say(new Reply.Services(request.id(), 0, List.of()));
            client.say(new Notice.Changed(1, service("other", ServicePhase.UP, 1)));
            client.say(new Notice.Changed(2, service("s17", ServicePhase.UP, 17)));
            client.hangUp();
        });

        assertEquals(ExitCode.UNREACHABLE, reeve(names));
        assertEquals(List.of(new Request.Watch(1, List.of())), daemon.requests());
        assertEquals(1, output().lines().count(), output());
        assertTrue(output().contains("s17 up"), output());
    }
}
