package dev.reeve.daemon.scenario;

import static dev.reeve.daemon.scenario.S6Command.PATIENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's s6 commands that read and clear the tally of a service's deaths.
class S6DeathTallyScenarioTest {
    @TempDir
    Path directory;

    private ServiceDirectories services;

    @BeforeEach
    void s6IsInstalled() {
        ShellCommand.assumeInstalled("s6-svc", "s6-svdt", "s6-svdt-clear", "s6-permafailon");
        services = ServiceDirectories.in(directory);
    }

    @Test
    void svdtTellsEachDeathAndForgetsWhatIsCleared() throws IOException {
        services.service("web", "exec sleep 1000")
                .file("web", "restart-delay", "1")
                .file("web", "max-death-tally", "2")
                .executable("web", "finish", S6ClientsScenarioTest.SLOW_TO_FINISH);
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
            assertEquals(List.of(), deaths());
            S6Command.run(0, "s6-svc", "-wd", "-T", PATIENCE, "-k", path());
            assertEquals(List.of("signal SIGKILL"), deaths());
            dieOf("-t");
            dieOf("-1");
            assertEquals(List.of("signal SIGTERM", "signal SIGUSR1"), deaths());

            S6Command.run(0, "s6-svdt-clear", path());
            assertEquals(List.of(), deaths());
            dieOf("-i");
            assertEquals(List.of("signal SIGINT"), deaths());
        }
    }

    @Test
    void permafailonGivesAServiceUpThatDiesTooOften() throws IOException {
        services.service("hopeless", "exit 7")
                .file("hopeless", "restart-delay", "1")
                .executable("hopeless", "finish", "exec s6-permafailon 1000 3 1-125,SIGKILL echo >>attempts");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            ServiceStatus failed = daemon.await("hopeless", status -> status.phase() == ServicePhase.FAILED);
            assertEquals(2L, failed.restarts() - 1, "it has failed at its third death");
            assertTrue(failed.reason().contains("125"), failed.reason());
        }
    }

    private void dieOf(String letter) {
        S6Command.run(0, "s6-svc", "-wu", "-T", PATIENCE, "-u", path());
        S6Command.run(0, "s6-svc", "-wr", "-T", PATIENCE, letter, path());
    }

    private List<String> deaths() {
        return S6Command.run(0, "s6-svdt", path())
                .lines()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    private String path() {
        return services.directory().resolve("web").toString();
    }
}
