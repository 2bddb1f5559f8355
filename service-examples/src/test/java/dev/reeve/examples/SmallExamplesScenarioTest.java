package dev.reeve.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.scenario.RunningDaemon;
import dev.reeve.daemon.scenario.ServiceDirectories;
import dev.reeve.protocol.ServiceStatus;
import dev.reeve.protocol.ServiceStatus.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples that need nothing but a shell.
class SmallExamplesScenarioTest {
    @TempDir
    Path directory;

    private ServiceDirectories services;
    private RunningDaemon daemon;
    private ReeveProgram reeve;

    @BeforeEach
    void startTheDaemon() {
        services = ServiceDirectories.in(directory);
        List.of("sleeper", "ticker", "flaky").forEach(name -> new Example(name).copyInto(services.directory()));
        daemon = RunningDaemon.on(services);
        reeve = ReeveProgram.of(daemon);
    }

    @AfterEach
    void endTheDaemon() throws IOException {
        daemon.close();
    }

    @Test
    void everyExampleThatIsNotAServerIsHere() {
        assertEquals(
                Example.all().stream()
                        .filter(example -> !example.hasPort())
                        .map(Example::name)
                        .toList(),
                reeve.run("list").endsWith(0).lines());
    }

    @Test
    void killedTheyAreBack() {
        for (String name : List.of("sleeper", "ticker")) {
            int before = daemon.awaitReady(name).pid();

            ProcessHandle.of(before).orElseThrow().destroyForcibly();

            ServiceStatus after = daemon.await(name, status -> status.ready() && status.restarts() == 1);
            assertNotEquals(before, after.pid());
            assertEquals(new Exit.Signal("SIGKILL"), after.exit());
        }
    }

    @Test
    void stoppedTheyLeaveNoProcess() throws IOException {
        reeve.run("wait", "--up", "sleeper", "ticker", "flaky", "--timeout", "60s")
                .endsWith(0);

        reeve.run("stop", "--all", "--wait", "--timeout", "60s").endsWith(0);

        new ServiceProcesses(services.directory().toRealPath()).awaitNone();
    }

    @Test
    void tickerEndsInOrder() {
        daemon.awaitReady("ticker");

        Command stop = reeve.run("stop", "ticker", "--wait", "--json").endsWith(0);

        assertEquals(new Exit.Code(0), ReeveProgram.services(stop).getFirst().exit());
    }

    @Test
    void flakyIsTriedAgainAndItsFinishTellsWhy() {
        ServiceStatus status = daemon.await("flaky", each -> each.restarts() >= 1 && each.ready());

        assertEquals(new Exit.Code(124), status.exit());
        assertTrue(daemon.log().contains("flaky: it exited with 124"), daemon::log);
    }

    @Test
    void flakysFinishEndsWhatAKilledRunHasLeft() throws IOException {
        ServiceProcesses processes =
                new ServiceProcesses(services.directory().resolve("flaky").toRealPath());
        int pid = daemon.await("flaky", each -> each.ready() && processes.list().size() == 2)
                .pid();
        List<String> before = processes.list();

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        Awaitility.await().until(() -> processes.list().stream().noneMatch(before::contains));
    }
}
