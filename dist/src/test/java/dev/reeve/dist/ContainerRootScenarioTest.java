package dev.reeve.dist;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// `reeved --container` of the distribution in roots that are not this machine's, as containers have them.
class ContainerRootScenarioTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REEVED = "/opt/reeve/bin/reeved";

    /// Ends when told to, and says so.
    private static final String OBEDIENT = """
            trap 'echo %1$s is told by %2$s; exit %3$s' %2$s
            echo %1$s runs
            while :; do sleep 0.1; done
            """;

    @TempDir
    Path directory;

    private Path services;

    @BeforeEach
    void everybodyMayLookIn() throws IOException {
        services = Files.createDirectory(directory.resolve("services"));
        for (Path path : List.of(directory, services)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BUSYBOX, ROOT, 0",
        "BUSYBOX, NOBODY, 65534",
        "BUSYBOX, ROOT_OF_ITS_OWN, 0",
        "DEBIAN, ROOT, 0",
        "DEBIAN, NOBODY, 65534",
        "DEBIAN, ROOT_OF_ITS_OWN, 0"
    })
    void itIsTheFirstProcessOfAReadOnlyRootWhoeverItIs(ContainerRoot root, ContainerRoot.User user, int id)
            throws Exception {
        service("web", "exec sleep 1000");
        Process container = start(
                root.command(user, services, false, "env", "-i", REEVED, "--container", "--scan", "/opt/services"),
                "sh",
                "-c",
                """
                echo "user $(id -u), parent $PPID"
                ! touch /written 2>/dev/null || echo / can be written to
                /opt/reeve/bin/reeve wait web && /opt/reeve/bin/reeve status
                exit 7
                """);
        assertEquals(7, container.waitFor(), this::said);
        assertTrue(said().contains("user " + id + ", parent 1\n"), this::said);
        assertTrue(said().lines().noneMatch("/ can be written to"::equals), this::said);
        assertTrue(said().lines().anyMatch(line -> line.matches("cmd +up +.*")), this::said);
        assertTrue(said().lines().anyMatch(line -> line.matches("web +up +.*")), this::said);
    }

    /// No /proc, no /etc, and nothing in /dev.
    @Test
    void whereThereIsNextToNothingServicesEndInOrderByTheirOwnSignals() throws Exception {
        service("web", OBEDIENT.formatted("web", "USR1", "0"));
        Files.writeString(services.resolve("web/down-signal"), "USR1\n");
        Path log = Files.createDirectory(services.resolve("web/log"));
        script(log.resolve("run"), "while read -r line; do echo \"log: $line\"; done; echo log: the end");
        Process container = start(
                ContainerRoot.BUSYBOX.command(
                        ContainerRoot.User.NOBODY,
                        services,
                        true,
                        "env",
                        "-i",
                        REEVED,
                        "--container",
                        "--scan",
                        "/opt/services"),
                "sh",
                "-c",
                OBEDIENT.formatted("cmd", "TERM", "5"));
        awaitSaid("cmd runs");
        awaitSaid("log: web runs");
        signalFirstProcess(container, "TERM");
        assertEquals(5, container.waitFor(), this::said);
        assertTrue(said().contains("cmd is told by TERM\n"), this::said);
        assertTrue(said().contains("log: web is told by USR1\nlog: the end\n"), this::said);
    }

    @ParameterizedTest
    @EnumSource
    void orphansAreReapedAndToldToEnd(ContainerRoot root) throws Exception {
        Process container = start(
                root.command(ContainerRoot.User.ROOT, services, false, "env", "-i", REEVED, "--container"),
                "sh",
                "-c",
                """
                i=0; while [ $i -lt 200 ]; do ( : & ); i=$((i + 1)); done
                orphan='trap "echo the orphan is told; exit" TERM; : >/run/traps; while :; do sleep 0.1; done'
                ( setsid sh -c "$orphan" & )
                until [ -e /run/traps ]; do sleep 0.1; done
                while cat /proc/[0-9]*/stat 2>/dev/null | grep -q ') Z 1 '; do sleep 0.1; done
                echo no zombie
                exit 4
                """);
        assertEquals(4, container.waitFor(), this::said);
        assertTrue(said().contains("no zombie\n"), this::said);
        assertTrue(said().contains("the orphan is told\n"), this::said);
    }

    /// Busybox has no prlimit, and a setpriv that knows no --reuid.
    @Test
    void aServiceHasItsUserAndItsLimits() throws Exception {
        service("web", "echo \"user $(id -u), files $(ulimit -n)\"; exit 3");
        Files.writeString(services.resolve("web/restart"), "never\n");
        Files.writeString(services.resolve("web/user"), "65534:65534\n");
        Files.writeString(Files.createDirectory(services.resolve("web/limits")).resolve("nofile"), "64\n");
        Process container = start(ContainerRoot.BUSYBOX.command(
                ContainerRoot.User.ROOT,
                services,
                false,
                "env",
                "-i",
                REEVED,
                "--scan",
                "/opt/services",
                "--container",
                "--exit-with",
                "web"));
        assertEquals(3, container.waitFor(), this::said);
        assertTrue(said().contains("user 65534, files 64\n"), this::said);
    }

    /// With a loader that is not there: it is a program of another libc's.
    @Test
    void aProgramOfAnotherLibcSaysWhatItLacks() throws Exception {
        Files.copy(Path.of("/bin/true"), services.resolve("true"));
        Files.setPosixFilePermissions(services.resolve("true"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Process container = start(
                ContainerRoot.BUSYBOX.command(
                        ContainerRoot.User.ROOT, services, false, "env", "-i", REEVED, "--container"),
                "/opt/services/true");
        assertEquals(126, container.waitFor(), this::said);
        assertTrue(said().contains("the loader of the libc that it was built for"), this::said);
    }

    private void service(String name, String script) throws IOException {
        script(Files.createDirectory(services.resolve(name)).resolve("run"), script);
    }

    private static void script(Path path, String script) throws IOException {
        Files.writeString(path, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(List<String> container, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of("timeout", "--signal=KILL", "60"));
        words.addAll(container);
        if (command.length > 0) {
            words.add("--");
            words.addAll(List.of(command));
        }
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    /// timeout(1), unshare(1), and then it.
    private static void signalFirstProcess(Process container, String signal) {
        ProcessHandle unshare = container.children().findFirst().orElseThrow();
        long pid = unshare.children().findFirst().orElseThrow().pid();
        Command.output("kill", "-" + signal, Long.toString(pid));
    }

    private void awaitSaid(String words) {
        await(words).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> said().contains(words));
    }

    private String said() {
        return Command.output("cat", directory.resolve("said").toString());
    }
}
