package dev.reeve.daemon.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service finds what its supervisor promises, and nothing of the JVM that it runs under.
class WhatAServiceSeesScenarioTest {
    private static final String LOOK = """
            exec 2>errors
            for file in limits stat; do cat /proc/$$/$file >seen.$file; done
            cat /proc/$$/environ >seen.environ
            echo $$ "$@" >seen.arguments
            pwd >seen.cwd
            echo >&5
            exec sleep 1000
            """;

    @TempDir
    Path directory;

    private ServiceDirectories services;

    @BeforeEach
    void aServiceThatLooksAround() {
        services = ServiceDirectories.in(directory)
                .service("looker", LOOK)
                .file("looker", "notification-fd", "5\n")
                .service("lister", "[ ! -e seen.fd ] || exec sleep 1000; exec ls -l /proc/self/fd >seen.fd")
                .file("lister", "notification-fd", "5\n")
                // Itself, and not its shell: one that has just forked blocks every signal for a moment.
                .service("reader", "[ ! -e seen.status ] || exec sleep 1000; exec cat /proc/self/status >seen.status");
    }

    @Test
    void descriptorsSignalsLimitsAndSessionAreItsOwn() throws IOException {
        List<String> prefix =
                List.of("sh", "-c", "ulimit -Sn 512; exec 7</dev/null 8>/dev/null; trap '' PIPE; exec \"$0\" \"$@\"");
        try (RunningDaemon daemon = RunningDaemon.on(services, prefix, null)) {
            int pid = daemon.awaitReady("looker").pid();

            daemon.await("lister", status -> status.exit() != null);
            daemon.await("reader", status -> status.exit() != null);
            assertEquals(List.of("0", "1", "2", "5"), descriptors());
            assertEquals("0000000000000000", statusLine("SigBlk"));
            assertEquals("0000000000000000", statusLine("SigIgn"));
            assertTrue(limitsLine("Max open files").matches("512 +" + hardLimit() + " +files"), seen("limits"));
            assertEquals(Integer.toString(pid), field(seen("stat"), SESSION));
            assertEquals(Integer.toString(pid), field(seen("stat"), PROCESS_GROUP));
            assertEquals(pid + " looker", seen("arguments").strip());
            assertEquals(
                    services.directory().toRealPath().resolve("looker").toString(),
                    seen("cwd").strip());
        }
    }

    @Test
    void theEnvironmentIsThatOfTheLaunchersCaller() throws IOException {
        Map<String, String> given = new HashMap<>();
        given.put("PATH", System.getenv("PATH"));
        given.put("REEVE_JAVA_HOME", System.getenv("REEVE_JAVA_HOME"));
        given.put("GREETING", "good day");
        given.put("JAVA_TOOL_OPTIONS", "-XX:NoSuchOption");
        given.put("CLASSPATH", "");
        given.put("_JAVA_SR_SIGNUM", "50");
        given.put("LD_LIBRARY_PATH", "/nowhere");
        given.put("LANG", "C");
        given.put("no.shell.has-this", "but % the=caller had");

        try (RunningDaemon daemon = RunningDaemon.on(services, List.of(), given)) {
            daemon.awaitReady("looker");

            // What the kernel handed over at the exec is in /proc; the shell that reads it adds nothing there.
            assertEquals(
                    new TreeSet<>(given.entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue())
                            .toList()),
                    new TreeSet<>(Arrays.asList(seen("environ").split("\0"))));
        }
    }

    private static final int PROCESS_GROUP = 5;
    private static final int SESSION = 6;

    /// A field of /proc/PID/stat, counted from 1 as in proc(5).
    private static String field(String stat, int number) {
        String afterName = stat.substring(stat.lastIndexOf(')') + 2);
        return afterName.split(" ")[number - 3];
    }

    /// Those that ls found open in itself, but for the directory that it reads them from.
    private List<String> descriptors() throws IOException {
        return Files.readString(services.path("lister", "seen.fd"))
                .lines()
                .filter(line -> line.contains(" -> ") && !line.endsWith("/fd"))
                .map(line -> line.replaceAll(".* (\\d+) -> .*", "$1"))
                .sorted()
                .toList();
    }

    private String statusLine(String name) throws IOException {
        return Files.readString(services.path("reader", "seen.status"))
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    private String limitsLine(String name) throws IOException {
        return seen("limits")
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private static String hardLimit() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split(" {2,}")[2])
                .findFirst()
                .orElseThrow();
    }

    private String seen(String what) throws IOException {
        return Files.readString(services.path("looker", "seen." + what));
    }
}
