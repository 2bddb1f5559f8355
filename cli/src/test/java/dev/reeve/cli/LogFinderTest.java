package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a log is, told from a /proc that the test has written.
class LogFinderTest {
    private static final int DAEMON = 10;

    @TempDir
    Path folder;

    private final Map<String, ServiceStatus> services = new TreeMap<>();
    private Path proc;
    private Path daemonsLog;

    @BeforeEach
    void aDaemonThatWritesToAFile() throws IOException {
        proc = Files.createDirectory(folder.resolve("proc"));
        daemonsLog = file("reeved.log");
        process(DAEMON, 1, "reeved");
        open(DAEMON, 1, daemonsLog.toString(), "0100001");
        open(DAEMON, 2, daemonsLog.toString(), "0100001");
    }

    @Test
    void aLoggersLogIsCurrent() throws Exception {
        up("web", 20);
        up("web/log", 21);
        process(21, DAEMON, "s6-log\0-b");
        Path current = file("main/current");
        open(21, 1, daemonsLog.toString(), "0100001");
        open(21, 3, file("main/lock").toString(), "0100002");
        open(21, 4, current.toString(), "0102001");
        open(21, 5, file("main/state").toString(), "0100001");
        open(21, 6, file("later").toString(), "0100001");

        assertEquals(new LogPlace(current, TaiClock.LEAP_SECONDS, false), find("web"));
    }

    @Test
    void aFileThatIsJustBeingRotatedAwayMeansTheOneAfterIt() throws Exception {
        up("web", 20);
        up("web/log", 21);
        process(21, DAEMON, "/usr/bin/multilog\0t");
        Path current = file("main/current");
        open(21, 4, file("main/previous").toString(), "0102001");

        assertEquals(new LogPlace(current, TaiClock.TEN_SECONDS, false), find("web"));
    }

    @Test
    void aLoggerThatIsAScriptWritesThroughItsChildren() throws Exception {
        up("web", 20);
        up("web/log", 21);
        process(21, DAEMON, "sh\0./run");
        process(22, 21, "cat");
        Path older = file("older");
        Files.setLastModifiedTime(older, FileTime.fromMillis(0));
        Path lines = file("lines");
        open(22, 1, lines.toString(), "0102001");
        open(22, 3, older.toString(), "0102001");
        open(22, 4, file("read").toString(), "0100000");

        assertEquals(lines, find("web").file());
    }

    @Test
    void aLoggerWithoutAFileKeepsNoneThatReeveFinds() throws Exception {
        up("web", 20);
        up("web/log", 21);
        process(21, DAEMON, "logger\0-t\0web");
        open(21, 2, daemonsLog.toString(), "0100001");

        assertSays("web/log, pid 21 (logger -t web), has no file of its own open for writing", "web");
    }

    @Test
    void aLoggerThatIsDownTellsNothing() {
        up("web", 20);
        services.put("web/log", CommandTest.service("web/log", ServicePhase.DOWN, null));

        assertSays("reeve start web/log", "web");
    }

    @Test
    void withoutALoggerTheFileOfStandardOutputIsTheLog() throws Exception {
        up("own", 20);
        process(20, DAEMON, "own");
        Path own = file("own.log");
        open(20, 1, own.toString(), "0100001");
        up("common", 21);
        process(21, DAEMON, "common");
        open(21, 1, daemonsLog.toString(), "0100001");
        services.put("down", CommandTest.service("down", ServicePhase.DOWN, null));

        assertEquals(new LogPlace(own, TaiClock.LEAP_SECONDS, false), find("own"));
        assertEquals(new LogPlace(daemonsLog, TaiClock.LEAP_SECONDS, true), find("common"));
        assertEquals(new LogPlace(daemonsLog, TaiClock.LEAP_SECONDS, true), find("down"));
    }

    @Test
    void aPipeIsFollowedToWhoReadsIt() throws Exception {
        up("web", 20);
        process(20, DAEMON, "web");
        open(20, 1, "pipe:[77]", "01");
        process(5, 1, "also writes");
        open(5, 1, "pipe:[77]", "01");
        open(5, 3, file("not/current").toString(), "01");
        process(30, 1, "svlogd");
        open(30, 0, "pipe:[77]", "00");
        Path current = file("all/current");
        open(30, 3, current.toString(), "0102001");

        assertEquals(new LogPlace(current, TaiClock.TEN_SECONDS, false), find("web"));
    }

    @Test
    void aPipeThatNobodyReadsIsTold() throws Exception {
        up("web", 20);
        process(20, DAEMON, "web");
        open(20, 1, "pipe:[77]", "01");

        assertSays("what web says goes into pipe:[77], which no process reads", "web");
        process(30, 1, "cat");
        open(30, 0, "pipe:[77]", "00");
        assertSays("which pid 30 (cat) reads, and that has no file of its own", "web");
    }

    @Test
    void onAMachineThatReeveHasBootedTheCatchAllLoggerKeepsWhatEverybodySays() throws Exception {
        Path fifo = catchAllFifo();
        up("s6-svscan-log", 20);
        process(20, DAEMON, "s6-log");
        open(20, 0, fifo.toString(), "00");
        Path current = file("uncaught-logs/current");
        open(20, 4, current.toString(), "0102001");
        up("web", 21);
        process(21, DAEMON, "web");
        open(21, 1, fifo.toString(), "01");
        services.put("down", CommandTest.service("down", ServicePhase.DOWN, null));

        LogPlace place = new LogPlace(current, TaiClock.LEAP_SECONDS, true);
        assertEquals(place, find("s6-svscan-log"));
        assertEquals(place, find("web"));
        assertEquals(place, find("down"));
    }

    @Test
    void whereNoCatchAllLoggerReadsItIsTheDaemonThatKeepsWhatEverybodySays() throws Exception {
        Path fifo = catchAllFifo();
        Path current = file("uncaught-logs/current");
        open(DAEMON, 9, current.toString(), "0102001");
        up("web", 21);
        process(21, DAEMON, "web");
        open(21, 1, fifo.toString(), "01");

        LogPlace place = new LogPlace(current, TaiClock.LEAP_SECONDS, true);
        assertEquals(place, find("s6-svscan-log"));
        assertEquals(place, find("web"));
        services.put("s6-svscan-log", CommandTest.service("s6-svscan-log", ServicePhase.DOWN, null));
        assertEquals(place, find("s6-svscan-log"));
    }

    /// As the daemon holds it, its own output being the console.
    private Path catchAllFifo() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        for (int output = 1; output <= 2; output++) {
            Files.delete(proc.resolve(DAEMON + "/fd/" + output));
            open(DAEMON, output, "/dev/console", "02");
        }
        open(DAEMON, 6, fifo.toString(), "0100001");
        open(DAEMON, 7, fifo.toString(), "0104001");
        open(DAEMON, 8, fifo.toString(), "0104000");
        return fifo;
    }

    @Test
    void whatIsKeptNowhereIsSaidInASentence() throws Exception {
        up("web", 20);
        process(20, DAEMON, "web");
        open(20, 2, "/dev/null", "01");
        assertSays("what web says goes to /dev/null", "web");
        open(20, 1, "/dev/pts/3", "02");
        assertSays("what web says goes to the terminal /dev/pts/3", "web");
        up("db", 21);
        process(21, DAEMON, "db");
        open(21, 1, "socket:[99]", "02");
        assertSays("what db says goes to a socket", "db");
        up("mute", 22);
        process(22, DAEMON, "mute");
        Files.createDirectories(proc.resolve("22/fd"));
        assertSays("mute has closed its standard output and error, or has just ended", "mute");
    }

    @Test
    void anErrorOutputIsBetterThanADevice() throws Exception {
        up("web", 20);
        process(20, DAEMON, "web");
        open(20, 1, "/dev/null", "01");
        Path errors = file("errors");
        open(20, 2, errors.toString(), "0100001");

        assertEquals(errors, find("web").file());
    }

    @Test
    void aPidOfAnotherNamespaceIsNotTakenForTheServices() throws Exception {
        up("web", 20);
        process(20, 1, "cron");
        open(20, 1, file("cron.log").toString(), "0100001");

        assertSays("run reeve where the daemon runs, in its PID namespace", "web");
        up("db", 21);
        assertSays("pid 21 of db is not to be seen", "db");
    }

    @Test
    void whoMayNotLookIsToldWhoMay() throws Exception {
        Assumptions.assumeFalse(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "root may do all");
        up("web", 20);
        process(20, DAEMON, "web");
        Files.createDirectories(
                proc.resolve("20/fd"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));

        assertSays("be root, or the user that it runs as", "web");
    }

    private LogPlace find(String name) throws ClientFailure {
        return new LogFinder(proc, DAEMON, services).find(name);
    }

    private void assertSays(String part, String name) {
        ClientFailure failure = assertThrows(ClientFailure.class, () -> find(name));
        assertEquals(ExitCode.FAILED, failure.exitCode());
        assertTrue(String.valueOf(failure.getMessage()).contains(part), failure.getMessage());
    }

    private void up(String name, @Nullable Integer pid) {
        services.put(name, CommandTest.service(name, ServicePhase.UP, pid));
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    private void process(int pid, int parent, String commandLine) throws IOException {
        Path process = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.writeString(process.resolve("stat"), pid + " (x) S " + parent + " 1 1 0\n");
        Files.writeString(process.resolve("cmdline"), commandLine);
    }

    private void open(int pid, int descriptor, String target, String flags) throws IOException {
        Path process = proc.resolve(Integer.toString(pid));
        Files.createDirectories(process.resolve("fdinfo"));
        Files.writeString(
                process.resolve("fdinfo").resolve(Integer.toString(descriptor)),
                "pos:\t0\nflags:\t" + flags + "\nmnt_id:\t1\n");
        Path link = Files.createDirectories(process.resolve("fd")).resolve(Integer.toString(descriptor));
        Files.createSymbolicLink(link, Path.of(target));
    }
}
