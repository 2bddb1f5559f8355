package dev.reeve.daemon.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine's life from `rc.init` to its end, by `reeve-init` as process 1 of a PID and mount namespace:
/// reboot(2) ends that as if a signal had, SIGHUP for a restart and SIGINT otherwise.
class MachineLifeScenarioTest {
    private static final int RESTARTED = 129;
    private static final int OFF = 130;

    @TempDir
    Path directory;

    private Process namespace;

    @BeforeEach
    void needsRoot() {
        assumeTrue(System.getProperty("user.name").equals("root"), "a PID namespace needs root: run the tests as root");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (namespace != null) {
            namespace.descendants().forEach(ProcessHandle::destroyForcibly);
            namespace.destroyForcibly().waitFor();
        }
    }

    @Test
    void scriptsAndServicesComeAndGoInOrderAndWhoAsksLastSaysHow() throws Exception {
        script("rc.init", "echo \"rc.init $*\" >>$events");
        script("rc.shutdown", "echo rc.shutdown >>$events; sleep 0.5; echo done >>$events");
        boot();
        await("rc.init", status -> status.phase() == ServicePhase.DOWN && status.exit() != null);
        await("web", ServiceStatus::ready);

        assertInstanceOf(Reply.Refused.class, shutdown(""), "exit is no end of a machine");
        assertInstanceOf(Reply.Accepted.class, shutdown(",\"how\":\"poweroff\""));
        assertInstanceOf(Reply.Accepted.class, shutdown(",\"how\":\"reboot\""));

        assertEquals(RESTARTED, exitCode());
        List<String> events = Files.readAllLines(directory.resolve("events"));
        assertEquals(
                List.of("rc.init default", "web runs"),
                events.subList(0, 2).stream().sorted().toList());
        assertEquals(List.of("rc.shutdown", "done", "web ends"), events.subList(2, events.size()));
    }

    @Test
    void whereInitializationFailsTheMachineStaysUntilItIsToldToEnd() throws Exception {
        script("rc.init", "exit 3");
        boot();
        await("rc.init", status -> status.phase() == ServicePhase.FAILED);
        await("web", ServiceStatus::ready);

        assertInstanceOf(Reply.Accepted.class, shutdown(",\"how\":\"reboot\",\"after-seconds\":3600"));
        assertInstanceOf(Reply.Accepted.class, shutdown(",\"how\":\"cancel\""));
        assertInstanceOf(Reply.Refused.class, shutdown(",\"how\":\"cancel\""));

        new ProcessBuilder("kill", "-USR1", Long.toString(pidOne())).start().waitFor();
        assertEquals(OFF, exitCode());
    }

    @Test
    void initializationThatHangsIsStopped() throws Exception {
        script(
                "rc.init",
                "trap 'echo rc.init is stopped >>$events; exit' TERM; echo hangs >>$events;"
                        + " while :; do sleep 0.1; done");
        script("rc.shutdown", "echo rc.shutdown >>$events");
        boot();
        awaitEvent("hangs");

        assertInstanceOf(Reply.Accepted.class, shutdown(",\"how\":\"halt\",\"after-seconds\":1"));

        assertEquals(OFF, exitCode());
        List<String> events = Files.readAllLines(directory.resolve("events"));
        assertNotEquals(-1, events.indexOf("rc.init is stopped"), events::toString);
        assertNotEquals(-1, events.indexOf("rc.shutdown"), events::toString);
    }

    private void script(String name, String text) throws IOException {
        executable(directory.resolve("base/scripts").resolve(name), text);
    }

    private void executable(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\nevents=" + directory.resolve("events") + "\n" + text + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void boot() throws IOException {
        executable(
                directory.resolve("base/run-image/service/web/run"),
                "trap 'echo web ends >>$events; exit' TERM; echo web runs >>$events; while :; do sleep 0.1; done");
        String init = RunningDaemon.launcher().resolveSibling("reeve-init").toString();
        namespace = new ProcessBuilder(
                        "unshare",
                        "--pid",
                        "--mount",
                        "--fork",
                        "--mount-proc",
                        "--kill-child",
                        "sh",
                        "-euc",
                        "mount -t tmpfs tmpfs /run; exec \"$@\"",
                        "sh",
                        init,
                        "-c",
                        directory.resolve("base").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("console").toFile())
                .start();
    }

    private long pidOne() {
        return namespace.children().findFirst().orElseThrow().pid();
    }

    private RawClient client() throws IOException {
        return new RawClient(Path.of("/proc/" + pidOne() + "/root/run/service/.s6-svscan/reeve/control.sock"));
    }

    private Reply shutdown(String fields) throws IOException {
        try (RawClient client = client()) {
            client.send("{\"id\":1,\"op\":\"shutdown\"" + fields + "}");
            return (Reply) client.message();
        }
    }

    private void await(String service, Predicate<ServiceStatus> condition) {
        Awaitility.await(service)
                .atMost(RunningDaemon.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> {
                    try (RawClient client = client()) {
                        return client.ask("status", service) instanceof Reply.Services services
                                && condition.test(services.services().getFirst());
                    }
                });
    }

    private void awaitEvent(String line) {
        Awaitility.await(line)
                .atMost(RunningDaemon.PATIENCE)
                .ignoreExceptions()
                .until(() -> Files.readAllLines(directory.resolve("events")).contains(line));
    }

    private int exitCode() throws Exception {
        if (!namespace.waitFor(RunningDaemon.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it has not ended: " + Files.readString(directory.resolve("console")));
        }
        return namespace.exitValue();
    }
}
