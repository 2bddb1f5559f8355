package dev.reeve.daemon.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may open which socket, and what they may ask there. Needs root, to be others.
class WhoMayScenarioTest {
    private static final int NOBODY = 65534;
    private static final int GROUP = 4711;
    private static final String STATUS = "{\"id\":1,\"op\":\"status\"}";
    private static final String STOP = "{\"id\":1,\"op\":\"stop\",\"services\":[\"steady\"]}";

    @TempDir
    Path directory;

    private RunningDaemon daemon;

    @BeforeEach
    void asRootWhereOthersCanComeNear() throws IOException {
        ShellCommand.assumeInstalled("nc.openbsd", "setpriv");
        Assumptions.assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs root");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Assumptions.assumeTrue(
                asNobody(List.of(), "test", "-x", directory.toString()).exitCode() == 0,
                "others cannot reach " + directory);
    }

    @AfterEach
    void end() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void otherUsersCannotOpenTheSocket() {
        start();
        ShellCommand refused = ask(List.of(), daemon.socket(), STATUS);
        assertEquals(1, refused.exitCode());
        assertTrue(refused.output().contains("ermission denied"), refused.output());
    }

    @Test
    void oneWhoGetsThroughNeverthelessIsToldThatHeMayNot() throws IOException {
        start();
        Files.setPosixFilePermissions(daemon.socket(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(daemon.socket().getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        ShellCommand refused = ask(List.of(), daemon.socket(), STATUS);
        assertEquals(
                "{\"event\":\"goodbye\",\"reason\":\"user 65534 may not control this daemon, only root and user 0 may:"
                        + " start it with --group to let a group in\"}\n",
                refused.output());
        Awaitility.await("the log")
                .until(() -> daemon.log().contains("audit: uid 65534, gid 65534, pid ")
                        && daemon.log().contains("cut off: user 65534 may not"));
    }

    @Test
    void membersOfTheGroupMayDoEverythingAndOthersNothing() {
        start("--group", Integer.toString(GROUP));
        assertTrue(ask(List.of(GROUP), daemon.socket(), STOP).output().contains("{\"id\":1,\"ok\":true}"));
        daemon.await("steady", status -> !status.wantedUp());
        assertEquals(1, ask(List.of(), daemon.socket(), STATUS).exitCode());
    }

    @Test
    void readersMayLookOnTheirOwnSocketOnly() {
        start("--readers", Integer.toString(GROUP));
        Path readers = daemon.socket().resolveSibling("status.sock");
        String told = ask(List.of(GROUP), readers, STATUS + "\n" + STOP).output();
        assertTrue(told.contains("\"name\":\"steady\",\"state\":\"up\""), told);
        assertTrue(told.contains("{\"id\":1,\"ok\":false,\"error\":\"not-allowed\""), told);
        assertEquals(1, ask(List.of(GROUP), daemon.socket(), STATUS).exitCode());
        assertEquals(1, ask(List.of(), readers, STATUS).exitCode());
        assertTrue(daemon.status("steady").wantedUp());
    }

    @Test
    void aGroupThatDoesNotExistIsNamedAtTheStart() throws IOException {
        ShellCommand start = ShellCommand.run(
                Map.of(),
                RunningDaemon.launcher().toString(),
                "--run",
                directory.resolve("run").toString(),
                "--group",
                "nosuchgroup");
        assertEquals(111, start.exitCode());
        assertTrue(start.output().contains("there is no group nosuchgroup"), start.output());
        assertTrue(Files.notExists(directory.resolve("run/control.sock")));
    }

    private void start(String... options) {
        List<String> prefix = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" " + String.join(" ", options), "sh"));
        daemon = RunningDaemon.on(ServiceDirectories.in(directory).service("steady", "exec sleep 1000"), prefix, null);
        daemon.awaitReady("steady");
    }

    /// Says these lines as a user who is nobody, and a member of these groups.
    private static ShellCommand ask(List<Integer> groups, Path socket, String lines) {
        return asNobody(groups, "sh", "-c", "printf '%s\\n' '" + lines + "' | nc -N -U " + socket);
    }

    private static ShellCommand asNobody(List<Integer> groups, String... command) {
        List<String> words = new ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY));
        words.add(
                groups.isEmpty()
                        ? "--clear-groups"
                        : "--groups="
                                + groups.stream()
                                        .map(String::valueOf)
                                        .reduce((a, b) -> a + "," + b)
                                        .orElseThrow());
        words.addAll(List.of(command));
        return ShellCommand.run(Map.of(), words.toArray(String[]::new));
    }
}
