package dev.reeve.cli.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.cli.FakeDaemon;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// svwait, svlisten1, svlisten, and svc with -w.
class WaitingVerbsTest extends VerbTest {
    private static final String SOON = "100";

    @Test
    void whatIsSoAlreadyIsNotWaitedFor() throws IOException {
        daemon(List.of(up("web", 7, true), down("db")));
        assertEquals(0, run("svwait", directory("web")));
        assertEquals(0, run("svwait", "-U", directory("web")));
        assertEquals(0, run("svwait", "-D", directory("db")));
        assertEquals(99, run("svwait", "-d", "-t", SOON, directory("web")));
        assertSays("s6-svwait: fatal: timed out");
        assertEquals(0, run("svwait"));
    }

    @Test
    void readinessIsWhatTheServiceAnnounces() throws IOException {
        daemon(List.of(up("web", 7, false)));
        assertEquals(0, run("svwait", "-u", directory("web")));
        assertEquals(99, run("svwait", "-U", "-t", SOON, directory("web")));
    }

    @Test
    void whileFinishRunsItIsDownAndNotReallyDown() throws IOException {
        daemon(List.of(up("web", 7, true)), stopping("web", 7), finishing("web", 8));
        assertEquals(0, run("svwait", "-d", directory("web")));
        assertEquals(99, run("svwait", "-D", "-t", SOON, directory("web")));
    }

    @Test
    void allAreWaitedForOrAny() throws IOException {
        daemon(List.of(up("web", 7, true), up("db", 8, true)), down("web"));
        assertEquals(99, run("svwait", "-d", "-t", SOON, directory("web"), directory("db")));
        assertEquals(0, run("svwait", "-do", directory("web"), directory("db")));
    }

    @Test
    void aRestartIsToHaveBeenDownAndToBeUp() throws IOException {
        daemon(List.of(up("web", 7, true)), finishing("web", 8), down("web"), up("web", 9, false), up("web", 9, true));
        assertEquals(0, run("svwait", "-R", directory("web")));
        assertEquals(0, run("svlisten1", "-r", directory("web"), "true"));
    }

    @Test
    void aServiceThatFailsForGoodIsCounted() throws IOException {
        daemon(List.of(down("web"), down("db")), failed("web"), failed("db"));
        assertEquals(2, run("svwait", "-u", directory("web"), directory("db")));
        assertSays("s6-svwait: fatal: some services reported permanent failure or their supervisor died");
        assertEquals(1, run("svlisten1", "-u", directory("web"), "true"));
        assertSays("s6-svlisten1: fatal: " + directory("web") + " failed permanently or its supervisor died");
    }

    @Test
    void whoWaitsForItsEndDoesNotMindThatItFailed() throws IOException {
        daemon(List.of(up("web", 7, true)), failed("web"));
        assertEquals(0, run("svwait", "-D", directory("web")));
    }

    @Test
    void theEndOfTheDaemonEndsTheWait() throws IOException {
        daemon(socket(), List.of(up("web", 7, true)), FakeDaemon.Conversation::hangUp);
        assertEquals(102, run("svwait", "-d", directory("web")));
        assertSays("s6-svwait: fatal: supervisor died: the daemon is gone");
        assertEquals(0, run("svwait", "-u", directory("web")));
    }

    @Test
    void aServiceThatIsForgottenIsSupervisedNoMore() throws IOException {
        daemon(socket(), List.of(up("web", 7, true)), client -> client.say(new Notice.Forgotten(1, "web")));
        assertEquals(102, run("svwait", "-d", directory("web")));
        assertSays("s6-svwait: fatal: supervisor died: web is no service any more");
    }

    @Test
    void whatIsNotSupervisedCannotBeWaitedFor() throws IOException {
        daemon(List.of());
        assertEquals(111, run("svwait", directory("web")));
        assertSays(
                "s6-svwait: fatal: unable to subscribe to events: s6-supervise not running: there is no service web");
        assertEquals(111, run("svwait", directory("nothere")));
        assertSays("s6-svwait: fatal: unable to subscribe to events for " + directory("nothere")
                + ": No such file or directory");
    }

    @Test
    void svlisten1RunsItsProgramWhenItHasSubscribed() throws IOException {
        Path done = folder.resolve("done");
        FakeDaemon daemon = daemon(socket(), List.of(up("web", 7, true)), client -> {
            client.say(new Notice.Changed(1, down("web")));
        });
        assertEquals(0, run("svlisten1", "-D", directory("web"), "touch", done.toString()));
        assertEquals(new Request.Watch(2, List.of("web")), daemon.requests().getLast());
        org.awaitility.Awaitility.await().until(() -> Files.exists(done));
    }

    @Test
    void aProgramThatIsNotThereIsSaid() throws IOException {
        daemon(List.of(up("web", 7, true)));
        assertEquals(111, run("svlisten1", directory("web"), "/nowhere/nothing"));
        assertSays("s6-svlisten1: fatal: unable to spawn /nowhere/nothing: No such file or directory");
    }

    @Test
    void svlistenTakesABlockAsExeclinebHandsItOver() throws IOException {
        FakeDaemon daemon = daemon(List.of(up("web", 7, true), up("db", 8, true)), down("web"), down("db"));
        assertEquals(0, run("svlisten", "-D", " " + directory("web"), " " + directory("db"), "", "true"));
        assertEquals(
                new Request.Watch(3, List.of("web", "db")), daemon.requests().getLast());
        assertEquals(0, run("svlisten", "-D", directory("web"), "", "true"));
    }

    @Test
    void svlistenSaysWhatItMisses() {
        assertEquals(100, run("svlisten", "-D", directory("web"), "}", "true"));
        assertSays("s6-svlisten: fatal: unterminated servicedir block");
        assertEquals(100, run("svlisten", directory("web"), ""));
        assertTrue(complaint().startsWith("s6-svlisten: usage: "), complaint());
        assertEquals(100, run("svlisten", directory("web")));
        assertEquals(100, run("svlisten1", directory("web")));
        assertEquals(3, run("svlisten", "", "sh", "-c", "exit 3"));
    }

    @Test
    void aRestartOfAnyIsNotToBeHad() throws IOException {
        daemon(List.of(down("web")), up("web", 7, true));
        assertEquals(0, run("svlisten", "-ro", directory("web"), "", "true"));
        assertSays("s6-svlisten: warning: -o is unsupported when combined with -r- using -a instead");
    }

    @Test
    void svcSendsItsLettersInTheirOrder() throws IOException {
        FakeDaemon daemon = daemon(List.of(up("web", 7, true), up("db", 8, true)));
        assertEquals(0, run("svc", "-ud", "-s", "hup", "-s9", "-x", directory("web"), directory("db")));
        assertEquals(
                List.of(new Request.Svc(2, "udhkx", List.of("web")), new Request.Svc(4, "udhkx", List.of("db"))),
                orders(daemon));
        assertEquals(0, run("svc", directory("web")));
        assertEquals(2, orders(daemon).size());
    }

    @Test
    void svcGoesOnWhereOneOfItsDirectoriesIsNone() throws IOException {
        FakeDaemon daemon = daemon(List.of(up("db", 8, true)));
        Path other = Files.createDirectories(folder.resolve("other"));
        assertEquals(102, run("svc", "-u", other.toString(), directory("db")));
        assertTrue(
                complaint()
                        .startsWith("s6-svc: fatal: unable to control " + other
                                + ": supervisor not listening: it is none of the services in "),
                complaint());
        assertEquals(List.of(new Request.Svc(4, "u", List.of("db"))), orders(daemon));
        assertEquals(111, run("svc", "-u", directory("nothere")));
        assertSays("s6-svc: fatal: unable to control " + directory("nothere") + ": No such file or directory");
    }

    @Test
    void svcSaysWhatIsWrongWithItsOptions() {
        assertEquals(100, run("svc"));
        assertTrue(complaint().startsWith("s6-svc: usage: s6-svc [ -wu | -wU"), complaint());
        assertEquals(100, run("svc", "-wq", directory("web")));
        assertEquals(100, run("svc", "-T", "soon", directory("web")));
        assertEquals(100, run("svc", "-Z", directory("web")));
        assertEquals(100, run("svc", "-s", "NOSUCH", directory("web")));
        assertSays("s6-svc: fatal: invalid signal: NOSUCH");
        assertEquals(100, run("svc", "-s", "SIGSEGV", directory("web")));
        assertSays("s6-svc: fatal: SIGSEGV is not in the list of user-available signals");
        assertEquals(100, run("svc", "-" + "u".repeat(64), directory("web")));
        assertSays("s6-svc: fatal: too many commands");
        assertEquals(100, run("svc", "-u", ""));
        assertSays("s6-svc: fatal: invalid service path");
    }

    @Test
    void svcSubscribesBeforeItSendsAndWaitsThen() throws IOException {
        Files.createFile(scan().resolve("web/notification-fd"));
        FakeDaemon daemon = daemon(List.of(down("web")), up("web", 7, false), up("web", 7, true));
        assertEquals(0, run("svc", "-uwU", "-T", "10000", directory("web")));
        assertEquals(
                List.of(new Request.Watch(2, List.of("web")), new Request.Svc(3, "u", List.of("web"))),
                Stream.of(daemon.requests())
                        .flatMap(List::stream)
                        .filter(request -> request instanceof Request.Watch || request instanceof Request.Svc)
                        .toList());
    }

    @Test
    void aServiceThatAnnouncesNothingIsWaitedForUntilItIsUp() throws IOException {
        daemon(List.of(down("web")), up("web", 7, false));
        assertEquals(0, run("svc", "-wU", "-u", directory("web")));
        assertSays("s6-svc: warning: " + directory("web")
                + "/notification-fd not present - ignoring request for readiness notification");
    }

    @Test
    void whoWaitsForSvcSpeaksAsS6sWaitersDo() throws IOException {
        daemon(List.of(up("web", 7, true), up("db", 8, true)));
        assertEquals(99, run("svc", "-wd", "-T", SOON, "-d", directory("web")));
        assertSays("s6-svlisten1: fatal: timed out");
        assertEquals(99, run("svc", "-wd", "-T", SOON, "-d", directory("web"), directory("db")));
        assertSays("s6-svlisten: fatal: timed out");
        assertEquals(99, run("svc", "-wd", "-T", SOON, directory("web")));
        assertSays("s6-svwait: fatal: timed out");
    }

    private static List<Request> orders(FakeDaemon daemon) {
        List<Request> orders = new ArrayList<>();
        for (Request request : daemon.requests()) {
            if (request instanceof Request.Svc) {
                orders.add(request);
            }
        }
        return orders;
    }
}
