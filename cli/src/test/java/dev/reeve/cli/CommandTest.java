package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.cli.outside.StandardOutput;
import dev.reeve.cli.outside.Surroundings;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// What tests of commands have in common: a daemon to talk to, and a run of `reeve` with its exit code and
/// output.
@Timeout(20)
abstract class CommandTest {

    static final String GREETING = "{\"reeve\":\"0.1.0\",\"pid\":1,\"protocol\":1}";
    static final Instant SINCE = Instant.parse("2026-03-04T12:00:00.120Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Path folder = makeFolder();
    private @Nullable FakeDaemon daemon;

    Path socket() {
        return folder.resolve("s");
    }

    FakeDaemon daemon(FakeDaemon.Script script) throws IOException {
        return daemon(GREETING, script);
    }

    FakeDaemon daemon(String greeting, FakeDaemon.Script script) throws IOException {
        FakeDaemon started = new FakeDaemon(socket(), greeting, script);
        daemon = started;
        return started;
    }

    /// Runs `reeve --socket …` with these arguments.
    int reeve(String... arguments) {
        return reeve(Map.of("REEVE_SOCKET", socket().toString()), false, arguments);
    }

    int reeve(Map<String, String> environment, boolean onTerminal, String... arguments) {
        out.reset();
        err.reset();
        Surroundings surroundings = new Surroundings(
                new StandardOutput(out), stream(err), onTerminal, environment, Optional.of(Path.of("/opt/reeve")));
        return ReeveClient.run(surroundings, arguments);
    }

    String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String complaint() {
        return err.toString(StandardCharsets.UTF_8);
    }

    void assertComplains(String part) {
        assertTrue(complaint().startsWith("reeve: ") && complaint().contains(part), complaint());
        assertEquals(1, complaint().lines().count(), complaint());
    }

    static ServiceStatus service(String name, ServicePhase phase, @Nullable Integer pid) {
        return service(name, phase, pid, null);
    }

    static ServiceStatus service(String name, ServicePhase phase, @Nullable Integer pid, @Nullable String reason) {
        return new ServiceStatus(name, phase, phase == ServicePhase.UP, true, pid, SINCE, null, 0, reason);
    }

    @AfterEach
    void hangUp() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
        DemoDaemon.remove(folder);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static Path makeFolder() {
        try {
            // A socket's path is short; that of a build's own temporary directory may not be.
            return Files.createTempDirectory(Path.of("/tmp"), "reeve-cli-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
