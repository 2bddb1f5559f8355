package dev.reeve.cli.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import dev.reeve.protocol.ServiceStatus.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// svstat and svok: what is said of a service, and of what is none.
class SvstatTest extends VerbTest {

    @Test
    void aServiceThatRuns() throws IOException {
        daemon(List.of(up("web", 7, true)));
        assertSentence("up (pid 7 pgid 7) 20 seconds, ready 10 seconds");
        Files.createFile(scan().resolve("web/down"));
        assertSentence("up (pid 7 pgid 7) 20 seconds, normally down, ready 10 seconds");
    }

    @Test
    void aServiceThatIsToEnd() throws IOException {
        Instant now = Instant.now();
        daemon(List.of(new ServiceStatus(
                "web",
                ServicePhase.STOPPING,
                false,
                false,
                7,
                now,
                null,
                0,
                null,
                false,
                true,
                new ServiceStatus.S6(now.minusSeconds(20), now, false))));
        assertSentence("up (pid 7 pgid 7) 20 seconds, paused, want down");
    }

    @Test
    void aServiceThatIsDown() throws IOException {
        daemon(List.of(down("web")));
        assertSentence("down (exitcode 3) 20 seconds, normally up, ready 10 seconds");
    }

    @Test
    void aServiceWhoseFinishRuns() throws IOException {
        daemon(List.of(finishing("web", 8)));
        assertSentence("down (exitcode 3) 20 seconds, normally up, want up");
    }

    @Test
    void aServiceThatASignalEnded() throws IOException {
        daemon(List.of(status("web", ServicePhase.DOWN, null, true, new Exit.Signal("SIGKILL"))));
        assertSentence("down (signal SIGKILL) 20 seconds, normally up, ready 10 seconds");
        assertEquals(0, run("svstat", "-n", directory("web")));
        assertEquals("down (signal 9) 20 seconds, normally up, ready 10 seconds\n", output());
    }

    @Test
    void aServiceThatWasNeverStarted() throws IOException {
        daemon(List.of(status("web", ServicePhase.DOWN, null, true, null)));
        assertSentence("down (not started yet) 20 seconds, normally up, ready 10 seconds");
    }

    @Test
    void programsAreToldTheFieldsThatTheyNameInTheirOrder() throws IOException {
        daemon(List.of(up("web", 7, false)));
        String all = "up,wantedup,normallyup,ready,paused,pid,pgid,exitcode,signal,signum,updownfor,readyfor";
        assertEquals(0, run("svstat", "-o", all, directory("web")));
        assertEquals("true true true false false 7 7 -1 NA -1 20 10\n", output());
        assertEquals(0, run("svstat", "-uwNrpgest", "-opid,up", directory("web")));
        assertEquals("true true true false 7 7 -1 NA 20 7 true\n", output());
    }

    @Test
    void programsAreToldOfADownService() throws IOException {
        daemon(List.of(status("web", ServicePhase.DOWN, null, true, new Exit.Signal("SIGTERM"))));
        assertEquals(0, run("svstat", "-o", "up,ready,pid,exitcode,signal,signum", directory("web")));
        assertEquals("false false -1 -1 SIGTERM 15\n", output());
    }

    @Test
    void timesAreTaiLabels() throws IOException {
        ServiceStatus.S6 s6 = new ServiceStatus.S6(Instant.ofEpochSecond(0, 1), Instant.ofEpochSecond(1, 0), true);
        daemon(List.of(new ServiceStatus(
                "web", ServicePhase.UP, true, true, 7, Instant.EPOCH, null, 0, null, false, false, s6)));
        assertEquals(0, run("svstat", "-o", "updownsince,readysince", directory("web")));
        assertEquals("@400000000000002500000001 @400000000000002600000000\n", output());
    }

    @Test
    void whatIsNoFieldIsRefused() throws IOException {
        assertEquals(100, run("svstat", "-o", "up,uq", directory("web")));
        assertSays("s6-svstat: fatal: invalid option field: uq");
        assertEquals(100, run("svstat", "-o", "up,,pid", directory("web")));
        assertSays("s6-svstat: fatal: invalid option field: ");
        assertEquals(100, run("svstat", "-uuuuuuuuuuuuuuuuu", directory("web")));
        assertSays("s6-svstat: fatal: too many option fields");
        assertEquals(100, run("svstat", "-x", directory("web")));
        assertTrue(complaint().startsWith("s6-svstat: usage: s6-svstat ["), complaint());
        assertEquals(100, run("svstat"));
    }

    @Test
    void aLoggerAndASymlinkAreKnownByWhatTheyAre() throws IOException {
        daemon(List.of(up("web", 7, true), up("web/log", 8, true)));
        assertPid(8, directory("web/log"));
        assertPid(8, directory("web/log") + "/");
        Path elsewhere = Files.createSymbolicLink(folder.resolve("log"), scan().resolve("web/log"));
        assertPid(8, elsewhere.toString());
        assertPid(7, scan() + "/db/../web");
    }

    @Test
    void aSymlinkInTheScanDirectoryMayHaveAnotherName() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("sv/httpd"));
        Files.createSymbolicLink(scan().resolve("www"), elsewhere);
        daemon(List.of(up("web", 7, true), up("www", 9, true)));
        assertPid(9, elsewhere.toString());
        assertPid(9, directory("www"));
    }

    @Test
    void aDirectoryOfTheSameNameElsewhereIsAnother() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other/web"));
        daemon(List.of(up("web", 7, true)));
        assertEquals(1, run("svstat", other.toString()));
        assertSays("s6-svstat: fatal: unable to read status for " + other + ": s6-supervise not running: it is none of"
                + " the services in " + scan() + " that the daemon at " + socket() + " has");
        assertEquals(1, run("svok", other.toString()));
        assertSays0();
    }

    @Test
    void aDaemonInTheScanDirectoryComesBeforeTheUsualOne() throws IOException {
        Path nested = scan().resolve(".s6-svscan/reeve/control.sock");
        Files.createDirectories(nested.getParent());
        daemon(nested, List.of(up("web", 7, true), up("web/log", 8, true)), _ -> {});
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", folder.toString());
        assertEquals(0, run(environment, "svok", directory("web")));
        assertEquals(0, run(environment, "svok", directory("web/log")));
        assertEquals(1, run(environment, "svok", directory("db")));
    }

    @Test
    void whereNoDaemonAnswersNothingIsSupervised() {
        assertEquals(1, run("svok", directory("web")));
        assertSays0();
        assertEquals(1, run("svstat", directory("web")));
        assertTrue(
                complaint()
                        .startsWith("s6-svstat: fatal: unable to read status for " + directory("web")
                                + ": s6-supervise not running: no daemon answers at " + socket()),
                complaint());
    }

    @Test
    void whatIsNoDirectoryIsSaidAsS6SaysIt() {
        assertEquals(1, run("svok", directory("nothere")));
        assertSays0();
        assertEquals(1, run("svstat", directory("nothere")));
        assertSays(
                "s6-svstat: fatal: unable to read status for " + directory("nothere") + ": s6-supervise not running");
        assertEquals(111, run("svok", "/etc/passwd"));
        assertSays("s6-svok: fatal: unable to check /etc/passwd: Not a directory");
        assertEquals(111, run("svstat", "/etc/passwd"));
        assertSays("s6-svstat: fatal: unable to check /etc/passwd: Not a directory");
        assertEquals(100, run("svok"));
        assertSays("s6-svok: usage: s6-svok servicedir");
    }

    @Test
    void aSocketThatOneMayNotOpenIsNoSignThatNothingIsSupervised() throws IOException {
        daemon(List.of(up("web", 7, true)));
        Assumptions.assumeFalse(isRoot(), "root may open every socket");
        Files.setPosixFilePermissions(socket(), Set.of());
        assertEquals(111, run("svok", directory("web")));
        assertTrue(complaint().startsWith("s6-svok: fatal: you may not open " + socket()), complaint());
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    @Test
    void helpIsNoComplaint() {
        assertEquals(0, run("svstat", "--help"));
        assertTrue(output().startsWith("Usage: reeve svstat [--socket FILE] [ -uwNrpgest"), output());
        assertSays0();
    }

    private void assertSays0() {
        assertEquals("", complaint());
    }

    private void assertPid(int pid, String directory) {
        assertEquals(0, run("svstat", "-p", directory), this::complaint);
        assertEquals(pid + "\n", output());
    }

    private void assertSentence(String sentence) {
        assertEquals(0, run("svstat", directory("web")), this::complaint);
        assertEquals(sentence + "\n", output());
    }
}
