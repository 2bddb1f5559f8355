package dev.reeve.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The least that each benchmark of whole processes does, so that none is broken when it is wanted.
class RunningSupervisorScenarioTest {
    @BeforeEach
    void aCompilerIsThere() {
        assumeTrue(
                Commands.exist("gcc") && Files.exists(Path.of("/usr/include/stdlib.h")),
                "needs gcc and libc6-dev: apt-get install gcc libc6-dev");
    }

    @ParameterizedTest
    @ValueSource(strings = {"floor", "reeve"})
    void aServiceIsKilledAndRunsAgainAndNothingIsLeftBehind(String supervisor) throws Exception {
        Path socket;
        try (RunningSupervisor running = new RunningSupervisor(supervisor, 2)) {
            socket = running.socket();
            running.awaitTurn();
            running.restart();
            assertTrue(running.stamped().endsWith("of 1"));
        }
        Path work = socket.resolve("../..").normalize();
        assertFalse(Files.exists(work));
        assertFalse(ProcessHandle.allProcesses()
                .flatMap(process -> process.info().command().stream())
                .anyMatch(program -> program.startsWith(work.toString())));
    }
}
