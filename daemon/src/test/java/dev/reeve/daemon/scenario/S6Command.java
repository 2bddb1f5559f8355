package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

/// Debian's s6 commands, run to their end.
final class S6Command {
    /// As an argument, in milliseconds.
    static final String PATIENCE = Long.toString(RunningDaemon.PATIENCE.toMillis());

    private S6Command() {}

    /// Runs it, and gives back what it printed.
    static String run(int exitCode, String... command) {
        ShellCommand done = ShellCommand.run(Map.of(), command);
        assertEquals(exitCode, done.exitCode(), () -> List.of(command) + ": " + done.output());
        return done.output();
    }

    /// Until `s6-svstat` says this, a regular expression, of the service directory.
    static void awaitStatus(String path, String pattern) {
        await("s6-svstat " + path).atMost(RunningDaemon.PATIENCE).untilAsserted(() -> {
            String status =
                    ShellCommand.run(Map.of(), "s6-svstat", path).output().strip();
            assertTrue(status.matches(pattern), status);
        });
    }
}
