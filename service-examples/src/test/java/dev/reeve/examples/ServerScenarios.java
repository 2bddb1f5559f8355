package dev.reeve.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.daemon.scenario.RunningDaemon;
import dev.reeve.daemon.scenario.ServiceDirectories;
import dev.reeve.protocol.ServiceStatus;
import dev.reeve.protocol.ServiceStatus.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// What holds for every server among the examples. A real daemon runs it for all of a class's tests, from a directory
/// that is closed to all but its owner; what is done to it goes through the client.
@TestInstance(Lifecycle.PER_CLASS)
abstract class ServerScenarios {
    private final Example example;
    private ServiceDirectories services;
    private RunningDaemon daemon;
    private ReeveProgram reeve;
    private ServiceProcesses processes;

    ServerScenarios(String name) {
        example = new Example(name);
    }

    /// Talks to the server with its own client, and fails if the answer is not the right one.
    abstract void assertThatItAnswers();

    @BeforeAll
    void startTheDaemon(@TempDir Path directory) throws IOException {
        if (!example.isInstalled()) {
            return;
        }
        services = ServiceDirectories.in(directory);
        example.copyInto(services.directory());
        Files.createFile(services.path(name(), "down"));
        daemon = RunningDaemon.on(services);
        reeve = ReeveProgram.of(daemon);
        processes = new ServiceProcesses(services.directory().resolve(name()).toRealPath());
    }

    @AfterAll
    void endTheDaemon() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    @BeforeEach
    void startTheServer() {
        assumeTrue(example.isInstalled(), example::complaint);
        reeve.run("start", name(), "--wait", "--timeout", "60s").endsWith(0);
        processes.withSession(pid());
    }

    @Test
    void itAnswersAsSoonAsItIsReady() {
        assertThatItAnswers();
    }

    @Test
    void itHasClosedItsReadinessPipe() {
        assertEquals(List.of(), processes.pipesToElsewhere());
    }

    @Test
    void itDoesNotRunAsRoot() throws IOException {
        assertNotEquals(0, Files.getAttribute(Path.of("/proc", Integer.toString(pid())), "unix:uid"));
    }

    @Test
    void killedItIsBackAndAnswers() {
        ServiceStatus before = reeve.status(name());

        ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();

        ServiceStatus after =
                daemon.await(name(), status -> status.ready() && !before.pid().equals(status.pid()));
        processes.withSession(after.pid());
        assertEquals(new Exit.Signal("SIGKILL"), daemon.status(name()).exit(), this::log);
        assertThatItAnswers();
    }

    @Test
    void restartedItIsAnotherProcessAndAnswers() {
        int before = pid();

        Command restart = reeve.run("restart", name(), "--wait", "--timeout", "60s", "--json")
                .endsWith(0);

        ServiceStatus after = ReeveProgram.services(restart).getFirst();
        processes.withSession(after.pid());
        assertTrue(after.ready());
        assertNotEquals(before, after.pid());
        assertThatItAnswers();
    }

    @Test
    void stoppedItEndsInOrderAndLeavesNoProcess() {
        reeve.run("stop", name(), "--wait", "--timeout", "60s").endsWith(0);

        assertEquals(new Exit.Code(0), reeve.status(name()).exit(), this::log);
        processes.awaitNone();
    }

    @Test
    void itIsNotReadyWhileAnotherAnswersOnItsPort() throws IOException {
        reeve.run("stop", name(), "--wait", "--timeout", "60s").endsWith(0);
        try (PretendedServer _ = new PretendedServer(port())) {
            reeve.run("start", name()).endsWith(0);

            ServiceStatus refused =
                    daemon.await(name(), status -> status.exit() instanceof Exit.Code(int code) && code != 0);

            assertFalse(refused.ready());
        }
        daemon.awaitReady(name());
        assertThatItAnswers();
    }

    String name() {
        return example.name();
    }

    int port() {
        return Integer.parseInt(read("data/port"));
    }

    /// A file of its service directory, without white space at its ends.
    String read(String file) {
        try {
            return Files.readString(services.path(name(), file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String file) {
        return services.path(name(), file);
    }

    ReeveProgram reeve() {
        return reeve;
    }

    ServiceProcesses processes() {
        return processes;
    }

    private int pid() {
        return daemon.status(name()).pid();
    }

    private String log() {
        return daemon.log();
    }
}
