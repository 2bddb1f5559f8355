package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.protocol.ServiceStatus;
import dev.reeve.protocol.ServiceStatus.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As PID 1 of a PID namespace the daemon inherits every orphan.
class PidOneScenarioTest {
    private static final int ORPHANS = 10_000;
    private static final List<String> AS_PID_ONE =
            List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");

    @TempDir
    Path directory;

    @BeforeEach
    void needsRoot() {
        assumeTrue(System.getProperty("user.name").equals("root"), "a PID namespace needs root: run the tests as root");
    }

    @Test
    void tenThousandOrphansAreReapedAndNoStatusOfItsOwnChildrenIsLost() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("orphanage", """
                        i=0
                        while [ $i -lt %d ]; do ( : & ); i=$((i + 1)); done
                        echo >&3
                        exec sleep 1000
                        """.formatted(ORPHANS))
                .file("orphanage", "notification-fd", "3\n")
                .service("worker", "exec sleep 1000")
                .executable("worker", "finish", "echo $1 $2 >>ends");
        try (RunningDaemon daemon = RunningDaemon.on(services, AS_PID_ONE, null)) {
            long pidOne = childOf(daemon.pid());

            killEachTimeItIsUp(
                    daemon, "worker", () -> daemon.status("orphanage").ready());

            await("no zombie is left")
                    .atMost(RunningDaemon.PATIENCE)
                    .until(() -> zombiesOf(pidOne), count -> count == 0);
            ServiceStatus worker = daemon.awaitReady("worker");
            List<String> ends = Files.readAllLines(services.path("worker", "ends"));
            assertTrue(worker.restarts() >= 1);
            assertEquals(worker.restarts(), ends.size());
            assertTrue(ends.stream().allMatch("256 9"::equals), ends::toString);
            assertEquals(new Exit.Signal("SIGKILL"), worker.exit());
        }
    }

    /// Every time the service is up and has been for long enough, until the condition holds.
    private static void killEachTimeItIsUp(
            RunningDaemon daemon, String service, java.util.function.BooleanSupplier until) {
        await("restarts of " + service)
                .atMost(RunningDaemon.PATIENCE.multipliedBy(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    ServiceStatus status = daemon.status(service);
                    if (status.ready()) {
                        new ProcessBuilder(
                                        "nsenter",
                                        "--target",
                                        Long.toString(childOf(daemon.pid())),
                                        "--pid",
                                        "--mount",
                                        "kill",
                                        "-KILL",
                                        Integer.toString(status.pid()))
                                .start()
                                .waitFor();
                    }
                    return until.getAsBoolean() && status.restarts() >= 1;
                });
    }

    private static long childOf(long pid) {
        return await().until(
                        () -> ProcessHandle.of(pid).orElseThrow().children().findFirst(), child -> child.isPresent())
                .orElseThrow()
                .pid();
    }

    /// The ended and unreaped children of a process, by /proc/PID/stat.
    private static long zombiesOf(long parent) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .map(PidOneScenarioTest::stateAndParent)
                    .filter(("Z " + parent)::equals)
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stateAndParent(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 3);
            return fields[0] + " " + fields[1];
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            // ESRCH: it was reaped between the listing and the reading.
            return "";
        }
    }
}
