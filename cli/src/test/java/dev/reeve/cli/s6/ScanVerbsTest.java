package dev.reeve.cli.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.cli.FakeDaemon;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ScanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/// svscanctl, svlink and svunlink, and svdt.
class ScanVerbsTest extends VerbTest {

    @Test
    void svscanctlAsksWhatTheControlSocketKnows() throws IOException {
        FakeDaemon daemon = scanning(List.of("web"), List.of());
        assertEquals(0, run("svscanctl", "-an", scan().toString()), this::complaint);
        assertEquals(0, run("svscanctl", "-h", scan().toString()));
        assertEquals(0, run("svscanctl", "-zt", scan().toString()));
        assertEquals(0, run("svscanctl", scan().toString()));
        assertEquals(
                List.of(new Request.Rescan(2), new Request.Rescan(2), new Request.Shutdown(2)),
                daemon.requests().stream()
                        .filter(request -> !(request instanceof Request.Version))
                        .toList());
    }

    @Test
    void svscanctlSaysWhatItCannotAsk() throws IOException {
        scanning(List.of(), List.of());
        assertEquals(111, run("svscanctl", "-b", scan().toString()));
        assertTrue(
                complaint()
                        .startsWith("s6-svscanctl: fatal: unable to control " + scan()
                                + ": over the control socket there is -h, -an and -t only"),
                complaint());
        assertEquals(100, run("svscanctl", "-x", scan().toString()));
        assertEquals(100, run("svscanctl"));
        assertEquals(100, run("svscanctl", "-an", folder.toString()));
        assertTrue(complaint().contains("supervisor not listening: the daemon at " + socket()), complaint());
        assertEquals(111, run("svscanctl", "-an", folder + "/nothere"));
    }

    @Test
    void svlinkMakesALinkAndHasItTakenUp() throws IOException {
        Path httpd = serviceDirectory("httpd");
        FakeDaemon daemon = scanning(List.of("httpd"), List.of());
        assertEquals(0, run("svlink", scan().toString(), httpd.toString()), this::complaint);
        assertEquals(httpd.toRealPath(), Files.readSymbolicLink(scan().resolve("httpd")));
        assertEquals(new Request.Rescan(2), daemon.requests().getLast());
        assertEquals(0, run("svlink", scan().toString(), httpd.toString()), this::complaint);
    }

    @Test
    void svlinkMayHaveItStayDown() throws IOException {
        Path httpd = serviceDirectory("httpd");
        Path down = httpd.resolve("down");
        boolean[] wasThere = {false};
        scanning(List.of("www"), List.of(), () -> wasThere[0] = Files.exists(down));
        assertEquals(0, run("svlink", "-d", scan().toString(), httpd.toString(), "www"), this::complaint);
        assertTrue(wasThere[0]);
        assertFalse(Files.exists(down));
        Files.delete(scan().resolve("www"));
        assertEquals(0, run("svlink", "-D", scan().toString(), httpd.toString(), "www"), this::complaint);
        assertTrue(Files.exists(down));
    }

    @Test
    void svlinkSaysWhoMayListen() throws IOException {
        Path httpd = serviceDirectory("httpd");
        Path logger = httpd.resolve("log");
        Files.createDirectory(logger);
        Files.copy(httpd.resolve("run"), logger.resolve("run"), StandardCopyOption.COPY_ATTRIBUTES);
        scanning(List.of("httpd"), List.of());
        assertEquals(0, run("svlink", scan().toString(), httpd.toString()), this::complaint);
        assertEquals("3730", mode(httpd.resolve("event")));
        assertEquals("3730", mode(logger.resolve("event")));
        assertEquals(0, run("svlink", "-P", scan().toString(), httpd.toString()));
        assertEquals("3730", mode(httpd.resolve("event")));
        assertEquals(0, run("svlink", "-fP", scan().toString(), httpd.toString()));
        assertEquals("1733", mode(httpd.resolve("event")));
        assertEquals("1733", mode(logger.resolve("event")));
    }

    private static String mode(Path path) throws IOException {
        return Integer.toOctalString((int) Files.getAttribute(path, "unix:mode") & 07777);
    }

    @Test
    void svlinkWaitsNoLongerThanItIsTold() throws IOException {
        Path httpd = serviceDirectory("httpd");
        fake((request, client) -> {
            if (request instanceof Request.Version(long id)) {
                version(id, client);
            }
        });
        assertEquals(99, run("svlink", "-t", "50", scan().toString(), httpd.toString()));
        assertTrue(complaint().endsWith(" with name httpd: Connection timed out\n"), complaint());
        assertFalse(Files.isSymbolicLink(scan().resolve("httpd")));
    }

    @Test
    void whatIsNotTakenUpIsUnlinkedAgain() throws IOException {
        Path httpd = serviceDirectory("httpd");
        scanning(List.of(), List.of("httpd is passed over: it is cursed"));
        assertEquals(111, run("svlink", "-d", scan().toString(), httpd.toString()));
        assertSays("s6-svlink: fatal: unable to link servicedir " + httpd + " into scandir " + scan()
                + " with name httpd: httpd is passed over: it is cursed");
        assertFalse(Files.isSymbolicLink(scan().resolve("httpd")));
        assertFalse(Files.exists(httpd.resolve("down")));
    }

    @Test
    void svlinkSaysWhatIsWrong() throws IOException {
        Path norun = Files.createDirectories(folder.resolve("norun"));
        scanning(List.of(), List.of());
        assertEquals(111, run("svlink", scan().toString(), norun.toString()));
        assertSays("s6-svlink: fatal: unable to stat " + norun + "/run: No such file or directory");
        Files.createFile(norun.resolve("run"));
        assertEquals(100, run("svlink", scan().toString(), norun.toString()));
        assertSays("s6-svlink: fatal: " + norun + "/run is not executable");
        assertEquals(100, run("svlink", scan().toString(), norun.toString(), ".hidden"));
        assertSays("s6-svlink: fatal: invalid name");
        assertEquals(1, run("svlink", folder.toString(), norun.toString()));
        assertTrue(complaint().startsWith("s6-svlink: fatal: s6-svscan not running on " + folder + ": "), complaint());
        assertEquals(100, run("svlink", scan().toString()));
        Path httpd = serviceDirectory("httpd");
        assertEquals(111, run("svlink", scan().toString(), httpd.toString(), "web"));
        assertTrue(complaint().endsWith(" with name web: File exists\n"), complaint());
    }

    @Test
    void svunlinkRemovesTheLinkAndWaitsUntilTheServiceIsGone() throws IOException {
        Path link = Files.createSymbolicLink(scan().resolve("httpd"), serviceDirectory("httpd"));
        daemon = fake((request, client) -> {
            switch (request) {
                case Request.Version(long id) -> version(id, client);
                case Request.Watch(long id, List<String> _) ->
                    client.say(new Reply.Services(id, 0, List.of(up("httpd", 7, true))));
                default -> {
                    assertFalse(Files.isSymbolicLink(link));
                    client.say(scanned(request.id(), List.of(), List.of()));
                    client.say(new Notice.Changed(1, down("httpd")));
                    client.say(new Notice.Forgotten(2, "httpd"));
                }
            }
        });
        assertEquals(0, run("svunlink", scan().toString(), "httpd"), this::complaint);
        assertFalse(Files.isSymbolicLink(link));
        assertEquals(0, run("svunlink", scan().toString(), "httpd"));
    }

    @Test
    void svunlinkWaitsNoLongerThanItIsTold() throws IOException {
        Path httpd = serviceDirectory("httpd");
        scanning(List.of(), List.of());
        Files.createSymbolicLink(scan().resolve("web2"), httpd);
        assertEquals(0, run("svunlink", "-X", scan().toString(), "web2"), this::complaint);
        Files.createSymbolicLink(scan().resolve("web2"), httpd);
        assertEquals(0, run("svunlink", "-t", "50", scan().toString(), "web2"), this::complaint);
        assertEquals(100, run("svunlink", scan().toString(), ".x"));
        assertSays("s6-svunlink: fatal: invalid service name");
        assertEquals(111, run("svunlink", scan().toString(), "web"));
        assertTrue(complaint().contains("web is no symlink"), complaint());
    }

    @Test
    void svdtTellsEachDeath() throws IOException {
        byte[] tally = HexFormat.of()
                .parseHex("4000000069207e5d00000001" + "0300" + "4000000069207e5e00000002" + "8909"
                        + "4000000069207e5f00000003" + "0000");
        Files.createDirectories(scan().resolve("web/supervise"));
        Path file = Files.write(scan().resolve("web/supervise/death_tally"), tally);
        assertEquals(0, run("svdt", directory("web")));
        assertEquals("""
                @4000000069207e5d00000001 exitcode 3
                @4000000069207e5e00000002 signal SIGKILL
                @4000000069207e5f00000003 exitcode 0
                """, output());
        assertEquals(0, run("svdt", "-s", "-n", "2", directory("web")));
        assertEquals("@4000000069207e5e00000002 signal 9\n@4000000069207e5f00000003 exitcode 0\n", output());
        assertEquals(0, run("svdt-clear", directory("web")));
        assertEquals(0, Files.size(file));
        assertEquals(0, run("svdt", directory("web")));
        assertEquals("", output());
    }

    @Test
    void aTallyThatIsNotThereIsSaid() {
        assertEquals(111, run("svdt", directory("web")));
        assertSays("s6-svdt: fatal: unable to read death tally for service " + directory("web")
                + ": No such file or directory");
        assertEquals(111, run("svdt-clear", directory("web")));
        assertSays("s6-svdt-clear: fatal: unable to clear death tally for service " + directory("web")
                + ": No such file or directory");
        assertEquals(100, run("svdt"));
        assertEquals(100, run("svdt-clear"));
    }

    private Path serviceDirectory(String name) throws IOException {
        Path directory = Files.createDirectories(folder.resolve("sv").resolve(name));
        Path run = Files.createFile(directory.resolve("run"));
        assertTrue(run.toFile().setExecutable(true));
        return directory;
    }

    private FakeDaemon scanning(List<String> found, List<String> problems) throws IOException {
        return scanning(found, problems, () -> {});
    }

    private FakeDaemon scanning(List<String> found, List<String> problems, Runnable atTheScan) throws IOException {
        daemon = fake((request, client) -> {
            switch (request) {
                case Request.Version(long id) -> version(id, client);
                case Request.Rescan(long id) -> {
                    atTheScan.run();
                    client.say(scanned(id, found, problems));
                }
                case Request.Watch(long id, List<String> _) ->
                    client.say(new Reply.Services(id, 0, List.of(up("web2", 7, true))));
                default -> client.say(new Reply.Accepted(request.id()));
            }
        });
        return daemon;
    }

    private static Reply scanned(long id, List<String> found, List<String> problems) {
        return new Reply.Scanned(id, new ScanResult(found, List.of(), new LinkedHashMap<>(), problems));
    }
}
