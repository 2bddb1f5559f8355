package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `reeve-svscan` has s6-svscan's command line and ends as it does, s6-svscan.html.
class ReeveSvscanScenarioTest {
    private static final int USAGE = 100;
    private static final int SYSTEM = 111;

    /// Tells what the program is that has taken the daemon's place. (A pipeline's ends would be the shell's for a
    /// moment.)
    private static final String TELL_ALL = """
            echo "$0 $# $$ $PWD $(ulimit -n)" >told
            grep SigBlk /proc/self/status >>told
            ls -m /proc/$$/fd >>told
            echo said; echo complained >&2
            """;

    @TempDir
    Path directory;

    private ServiceDirectories services;

    @BeforeEach
    void aScanDirectory() {
        services = ServiceDirectories.in(directory);
    }

    @Test
    void finishTakesItsPlace() throws Exception {
        svscanFile("finish", TELL_ALL + "exit 7");
        Path console = directory.resolve("console");
        Path notified = directory.resolve("notified");
        services.service("web", "ulimit -n >limit; exec sleep 1000");
        List<String> prefix = List.of("sh", "-c", "ulimit -Sn 567; exec \"$@\" 7>" + console + " 9>" + notified, "sh");
        try (RunningDaemon daemon = RunningDaemon.inPlaceOfS6Svscan(services, prefix, "-X7", "-d", "9")) {
            daemon.awaitReady("web");
            assertEquals("\n", Files.readString(notified));
            daemon.signal("TERM");
            // One more that comes too late for the daemon, and is not meant for finish.
            daemon.signal("TERM");
            assertEquals(7, daemon.awaitExit());
            assertEquals("567\n", Files.readString(services.path("web", "limit")));
            assertEquals(
                    List.of(
                            ".s6-svscan/finish 0 " + daemon.pid() + " " + services.directory() + " 567",
                            "SigBlk:\t0000000000000000"),
                    told().subList(0, 2));
            // A shell has its script open besides, and what it will put back, from 10 on.
            assertTrue(told().getLast().matches("0, 1, (1[0-9], )*2"), told().toString());
            assertEquals("said\ncomplained\n", Files.readString(console));
        }
    }

    @Test
    void whatCannotBeExecutedAsFinishLeadsToCrash() throws Exception {
        Files.createDirectory(services.directory().resolve(".s6-svscan"));
        Files.writeString(services.directory().resolve(".s6-svscan/finish"), "no program");
        try (RunningDaemon daemon = RunningDaemon.inPlaceOfS6Svscan(services, List.of())) {
            daemon.signal("TERM");
            assertEquals(SYSTEM, daemon.awaitExit());
            assertTrue(daemon.log().contains("unable to exec finish script .s6-svscan/finish"), daemon.log());
        }
        svscanFile("crash", "exit 8");
        try (RunningDaemon daemon = RunningDaemon.inPlaceOfS6Svscan(services, List.of())) {
            daemon.signal("TERM");
            assertEquals(8, daemon.awaitExit());
        }
    }

    @Test
    void aDaemonThatHearsNoSignalsAnyMoreCrashes() throws Exception {
        ShellCommand.assumeInstalled("strace");
        svscanFile("crash", TELL_ALL + "exit 8");
        services.service("web", services.idle());
        try (RunningDaemon daemon = RunningDaemon.inPlaceOfS6Svscan(services, List.of())) {
            ProcessHandle web = ProcessHandle.of(daemon.awaitReady("web").pid()).orElseThrow();
            Process strace = new ProcessBuilder(
                            "strace",
                            "--follow-forks",
                            "--attach=" + daemon.pid(),
                            "--trace-path=anon_inode:[signalfd]",
                            "--trace=read",
                            "--inject=read:error=EIO",
                            "--output=/dev/null")
                    .redirectErrorStream(true)
                    .start();
            try {
                eventually(() -> {
                    daemon.signal("WINCH");
                    return !ProcessHandle.of(daemon.pid())
                            .map(ProcessHandle::isAlive)
                            .orElse(false);
                });
                assertEquals(8, daemon.awaitExit());
                assertTrue(told().getFirst().startsWith(".s6-svscan/crash 0 " + daemon.pid()), told().toString());
                assertTrue(web.isAlive());
            } finally {
                web.destroyForcibly();
                strace.destroy();
            }
        }
    }

    @Test
    void whoAbortsGetsFinishAtOnce() throws Exception {
        ShellCommand.assumeInstalled("s6-svscanctl");
        svscanFile("finish", "exit 9");
        services.service("deaf", "trap '' TERM; while :; do sleep 1; done");
        try (RunningDaemon daemon = RunningDaemon.inPlaceOfS6Svscan(services, List.of())) {
            ProcessHandle deaf =
                    ProcessHandle.of(daemon.awaitReady("deaf").pid()).orElseThrow();
            assertEquals(0, run("s6-svscanctl", "-tb", services.directory().toString()));
            assertEquals(9, daemon.awaitExit());
            assertTrue(deaf.isAlive());
            deaf.destroyForcibly();
        }
    }

    @Test
    void thereIsRoomForSoManyAndNamesOfThatLengthOnly() throws Exception {
        services.service("a-logged", services.idle()).service("a-logged/log", "exec cat");
        services.service("b-twelve-byt", services.idle()).service("c", services.idle());
        services.service("d-logged", services.idle()).service("d-logged/log", "exec cat");
        services.service("e", services.idle()).service("f", services.idle());
        try (RunningDaemon daemon = RunningDaemon.inPlaceOfS6Svscan(services, List.of(), "-C", "4", "-L", "11");
                RawClient client = daemon.client()) {
            List<String> names =
                    client.status().stream().map(status -> status.name()).toList();
            assertEquals(List.of("a-logged", "a-logged/log", "c", "e"), names);
            assertTrue(daemon.log().contains("name too long - not spawning service: b-twelve-byt"), daemon.log());
            assertTrue(
                    daemon.log().contains("unable to start supervisor for d-logged: too many services"), daemon.log());
            assertTrue(daemon.log().contains("unable to start supervisor for f: too many services"), daemon.log());
        }
    }

    @Test
    void itScansEverySoOftenAndRemovesDanglingSymlinksAtTheStart() throws Exception {
        Path dangling = services.directory().resolve("dangling");
        Files.createSymbolicLink(dangling, Path.of("nothing"));
        try (RunningDaemon daemon = RunningDaemon.inPlaceOfS6Svscan(services, List.of(), "-t", "50")) {
            services.service("new", services.idle());
            daemon.awaitReady("new");
            assertFalse(Files.exists(dangling, LinkOption.NOFOLLOW_LINKS));

            Files.createSymbolicLink(dangling, Path.of("nothing"));
            eventually(() -> daemon.log().contains("dangling is passed over: it is a symlink to nothing"));
            assertTrue(Files.exists(dangling, LinkOption.NOFOLLOW_LINKS));
            Files.move(services.directory().resolve("new"), directory.resolve("gone"));
            eventually(() -> daemon.log().contains("it goes on until s6-svscanctl -n"));
            assertTrue(daemon.status("new").ready());
        }
    }

    @Test
    void theCatchAllLoggerHearsEverybodyOutAndComplainsToTheConsole() throws Exception {
        assertEquals(0, run("mkfifo", directory.resolve("fifo").toString()));
        Path console = directory.resolve("console");
        services.service(
                "s6-svscan-log",
                "exec <../../fifo 1>&2; while read -r line; do echo \"$line\" >>said; done\n"
                        + "echo end >>said; echo bye >&2");
        services.service("web", "trap 'echo last words; exit' TERM; echo hello; while :; do sleep 0.05; done");
        String redirected = "cd %s; exec 8<>fifo; exec \"$@\" >fifo 2>&1 7>console 8<&-".formatted(directory);
        List<String> prefix = List.of("sh", "-c", redirected, "sh");
        try (RunningDaemon daemon = RunningDaemon.inPlaceOfS6Svscan(services, prefix, "-X", "7")) {
            Path said = services.path("s6-svscan-log", "said");
            daemon.awaitReady("web");
            eventually(() -> Files.exists(said) && Files.readString(said).contains("hello"));
            daemon.signal("TERM");
            assertEquals(0, daemon.awaitExit());
            List<String> lines = Files.readAllLines(said);
            assertEquals(List.of("last words", "end"), lines.subList(lines.size() - 2, lines.size()));
            assertEquals("bye\n", Files.readString(console));
        }
    }

    @Test
    void asPidOneItReapsOrphansAndItsPlaceIsTaken() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "a PID namespace needs root");
        svscanFile("finish", "echo $$ >told");
        services.service("orphanage", "(sleep 0.1 &); (sleep 0.2 &); exec sleep 1000");
        List<String> asPidOne = List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");
        try (RunningDaemon daemon = RunningDaemon.inPlaceOfS6Svscan(services, asPidOne)) {
            daemon.awaitReady("orphanage");
            ProcessHandle pidOne = ProcessHandle.of(daemon.pid())
                    .flatMap(unshare -> unshare.children().findFirst())
                    .orElseThrow();
            eventually(() -> pidOne.children().count() == 1);
            pidOne.destroy();
            assertEquals(0, daemon.awaitExit());
            assertEquals(List.of("1"), told());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-d 2, notification fd must be 3 or more",
        "-d 55, invalid notification fd",
        "-X 1, console holder fd must be 3 or more",
        "-X 66, invalid console holder fd",
        "-C x, -C needs a number",
        "-t, -t needs a number",
        "-Z, -Z is no option"
    })
    void wrongUsageIsRefused(String option, String words) throws Exception {
        String command = launcher() + " " + option;
        ShellCommand refused = ShellCommand.run(Map.of(), "sh", "-c", command);
        assertEquals(USAGE, refused.exitCode(), refused.output());
        assertTrue(refused.output().startsWith("reeve-svscan: fatal: " + words), refused.output());
        assertFalse(Files.exists(services.directory().resolve(".s6-svscan")));
    }

    @Test
    void withoutAScanDirectoryItDoesNotStart() {
        assertEquals(SYSTEM, run(launcher(), directory.resolve("nowhere").toString()));
    }

    private static String launcher() {
        return RunningDaemon.launcher().resolveSibling("reeve-svscan").toString();
    }

    private List<String> told() throws IOException {
        return Files.readAllLines(services.directory().resolve("told"));
    }

    private void svscanFile(String name, String text) throws IOException {
        Path svscan = Files.createDirectories(services.directory().resolve(".s6-svscan"));
        Path file = Files.writeString(svscan.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static int run(String... command) {
        return ShellCommand.run(Map.of(), command).exitCode();
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(RunningDaemon.PATIENCE).until(condition);
    }
}
