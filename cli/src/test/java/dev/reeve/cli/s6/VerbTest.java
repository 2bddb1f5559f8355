package dev.reeve.cli.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.cli.FakeDaemon;
import dev.reeve.cli.outside.StandardOutput;
import dev.reeve.cli.outside.Surroundings;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What tests of s6's verbs have in common: a scan directory, a daemon that has it, and a run of a verb.
@Timeout(20)
abstract class VerbTest {
    private static final String GREETING = "{\"reeve\":\"0.1.0\",\"pid\":1,\"protocol\":1}";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Nullable
    FakeDaemon daemon;

    /// A socket's path is short; that of a build's own temporary directory may not be.
    @TempDir(factory = ShortTempDir.class)
    Path folder;

    /// `web` and `db` with their directories, and a logger of `web`.
    @BeforeEach
    void serviceDirectories() throws IOException {
        Files.createDirectories(scan().resolve("web/log"));
        Files.createDirectories(scan().resolve("db"));
    }

    @AfterEach
    void hangUp() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    Path scan() {
        return folder.resolve("scan");
    }

    Path socket() {
        return folder.resolve("s");
    }

    String directory(String service) {
        return scan().resolve(service).toString();
    }

    /// A daemon whose services are these, and which tells these changes to who watches.
    FakeDaemon daemon(List<ServiceStatus> services, ServiceStatus... changes) throws IOException {
        return daemon(socket(), services, client -> {
            for (int i = 0; i < changes.length; i++) {
                client.say(new Notice.Changed(i + 1, changes[i]));
            }
        });
    }

    /// What a client is told that watches.
    interface Telling {
        void to(FakeDaemon.Conversation client) throws IOException;
    }

    FakeDaemon daemon(Path socket, List<ServiceStatus> services, Telling telling) throws IOException {
        FakeDaemon started = new FakeDaemon(socket, GREETING, (request, client) -> {
            switch (request) {
                case Request.Version(long id) -> client.say(new Reply.Version(id, "0.1.0", 1, 1, scan().toString()));
                case Request.Status(long id, List<String> names) -> client.say(reply(id, services, names));
                case Request.Watch(long id, List<String> names) -> {
                    client.say(reply(id, services, names));
                    telling.to(client);
                }
                default -> client.say(new Reply.Accepted(request.id()));
            }
        });
        daemon = started;
        return started;
    }

    FakeDaemon fake(FakeDaemon.Script script) throws IOException {
        return new FakeDaemon(socket(), GREETING, script);
    }

    void version(long id, FakeDaemon.Conversation client) throws IOException {
        client.say(new Reply.Version(id, "0.1.0", 1, 1, scan().toString()));
    }

    private static Reply reply(long id, List<ServiceStatus> services, List<String> names) {
        Map<String, ServiceStatus> known = new HashMap<>();
        services.forEach(service -> known.put(service.name(), service));
        for (String name : names) {
            if (!known.containsKey(name)) {
                return new Reply.Refused(id, Reply.Refusal.UNKNOWN_SERVICE, "there is no service " + name);
            }
        }
        return new Reply.Services(
                id,
                0,
                names.isEmpty() ? services : names.stream().map(known::get).toList());
    }

    int run(String verb, String... words) {
        return run(Map.of("REEVE_SOCKET", socket().toString()), verb, words);
    }

    int run(Map<String, String> environment, String verb, String... words) {
        out.reset();
        err.reset();
        Surroundings surroundings = new Surroundings(
                new StandardOutput(out),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                environment,
                Optional.of(Path.of("/opt/reeve")));
        return S6Client.run(S6Verb.of(verb).orElseThrow(), surroundings, null, List.of(words));
    }

    String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String complaint() {
        return err.toString(StandardCharsets.UTF_8);
    }

    void assertSays(String sentence) {
        assertEquals(sentence + "\n", complaint());
    }

    static ServiceStatus up(String name, int pid, boolean ready) {
        return status(name, ServicePhase.UP, pid, ready, null);
    }

    static ServiceStatus stopping(String name, int pid) {
        return status(name, ServicePhase.STOPPING, pid, false, null);
    }

    static ServiceStatus finishing(String name, int pid) {
        return status(name, ServicePhase.FINISHING, pid, false, new ServiceStatus.Exit.Code(3));
    }

    static ServiceStatus down(String name) {
        return status(name, ServicePhase.DOWN, null, true, new ServiceStatus.Exit.Code(3));
    }

    static ServiceStatus failed(String name) {
        return status(name, ServicePhase.FAILED, null, true, new ServiceStatus.Exit.Code(3));
    }

    static ServiceStatus status(
            String name, ServicePhase phase, @Nullable Integer pid, boolean ready, ServiceStatus.@Nullable Exit exit) {
        Instant now = Instant.now();
        return new ServiceStatus(
                name,
                phase,
                phase == ServicePhase.UP,
                phase != ServicePhase.DOWN,
                pid,
                now,
                exit,
                0,
                null,
                false,
                false,
                new ServiceStatus.S6(now.minusSeconds(20), now.minusSeconds(10), ready));
    }
}
