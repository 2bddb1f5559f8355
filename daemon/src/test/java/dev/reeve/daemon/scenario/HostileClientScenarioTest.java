package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Reply.Refusal;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that are wrong, rude or gone cost the others nothing.
class HostileClientScenarioTest {
    private static final int LINE_BYTES_MAX = 64 * 1024;

    @TempDir
    Path directory;

    private RunningDaemon daemon;

    @BeforeEach
    void aDaemonWithTwoServices() {
        daemon = RunningDaemon.on(ServiceDirectories.in(directory)
                .service("steady", "exec sleep 1000")
                .service("brief", "exit 0"));
        daemon.awaitReady("steady");
    }

    @AfterEach
    void answersStill() throws IOException {
        try (RunningDaemon daemon = this.daemon) {
            assertEquals(ServicePhase.UP, daemon.status("steady").phase());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{",
                "{\"id\":1,\"op\":\"explode\"}",
                "{\"id\":1,\"op\":7}",
                "{\"id\":1,\"op\":\"start\",\"services\":\"steady\"}",
                "{\"id\":1,\"op\":\"start\",\"services\":[[[[[[[[[[]]]]]]]]]]}",
                "{\"id\":1,\"op\":\"status\",\"colour\":\"red\"}",
                "[1,2,3]",
                "null",
                "\u0000\u0001",
            })
    void aLineThatIsNoRequestIsRefusedAndTheNextIsAnswered(String line) throws IOException {
        try (RawClient client = daemon.client()) {
            client.send(line);
            Reply.Refused refused = assertInstanceOf(Reply.Refused.class, client.message());
            assertEquals(Refusal.BAD_REQUEST, refused.refusal());
            assertEquals(1, client.status("steady").size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nosuch", "..", "a/b", "a\\nb", ""})
    void aNameThatIsNoServiceIsRefused(String name) throws IOException {
        try (RawClient client = daemon.client()) {
            client.send("{\"id\":1,\"op\":\"stop\",\"services\":[\"steady\",\"" + name + "\"]}");
            Reply.Refused refused = assertInstanceOf(Reply.Refused.class, client.message());
            assertTrue(refused.refusal() == Refusal.UNKNOWN_SERVICE || refused.refusal() == Refusal.BAD_REQUEST);
            assertEquals(ServicePhase.UP, client.status("steady").getFirst().phase());
        }
    }

    @Test
    void aLineWithoutAnEndIsCutOffWithAReason() throws IOException {
        try (RawClient client = daemon.client()) {
            client.sendBytes("x".repeat(2 * LINE_BYTES_MAX).getBytes(StandardCharsets.US_ASCII));
            Notice.Goodbye goodbye = assertInstanceOf(Notice.Goodbye.class, client.message());
            assertTrue(goodbye.reason().contains("65536"), goodbye.reason());
            assertThrows(IOException.class, client::line);
        }
    }

    @Test
    void aRequestInSeveralPiecesIsOneRequest() throws IOException {
        try (RawClient client = daemon.client()) {
            for (byte b : "{\"id\":9,\"op\":\"version\"}\n".getBytes(StandardCharsets.US_ASCII)) {
                client.sendBytes(new byte[] {b});
            }
            assertEquals(
                    9, assertInstanceOf(Reply.Version.class, client.message()).id());
        }
    }

    @Test
    void manyRequestsInOnePieceAreAnsweredInTheirOrder() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int id = 1; id <= 2_000; id++) {
            requests.append("{\"id\":").append(id).append(",\"op\":\"status\"}\n");
        }
        try (RawClient client = daemon.client()) {
            Thread.startVirtualThread(() -> {
                try {
                    client.sendBytes(requests.toString().getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            for (int id = 1; id <= 2_000; id++) {
                assertEquals(
                        id,
                        assertInstanceOf(Reply.Services.class, client.message()).id());
            }
        }
    }

    @Test
    void clientsThatAskAndNeverReadDoNotFillTheDaemon() throws IOException {
        List<RawClient> rude = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                RawClient client = daemon.client();
                rude.add(client);
                client.send("{\"id\":1,\"op\":\"watch\"}");
                client.sendWhatFits("{\"id\":2,\"op\":\"status\"}\n".repeat(5_000));
            }
            assertEquals(2, daemon.client().status().size());
        } finally {
            for (RawClient client : rude) {
                client.close();
            }
        }
    }

    @Test
    void aThousandClientsAtOnceAreAllAnswered() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                clients.add(daemon.client());
            }
            for (RawClient client : clients) {
                client.send("{\"id\":1,\"op\":\"status\",\"services\":[\"steady\"]}");
            }
            for (RawClient client : clients) {
                assertInstanceOf(Reply.Services.class, client.message());
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        await("the descriptors of the clients are closed")
                .atMost(RunningDaemon.PATIENCE)
                .until(() -> descriptors() < 200);
    }

    /// Each of them holds less than one client may; all of them together would fill the heap several times.
    @Test
    void manyClientsWithUnfinishedRequestsDoNotFillTheHeap() throws IOException {
        List<RawClient> rude = new ArrayList<>();
        try {
            for (int i = 0; i < 700; i++) {
                RawClient client = daemon.client();
                rude.add(client);
                client.sendWhatFits(" ".repeat(65_000));
            }
            ServiceStatus before = daemon.awaitReady("steady");
            ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
            daemon.await("steady", status -> status.ready() && !status.pid().equals(before.pid()));
        } finally {
            for (RawClient client : rude) {
                client.close();
            }
        }
    }

    @Test
    void aClientThatHasSaidAllItWantsToSayIsStillAnswered() throws IOException {
        try (RawClient client = daemon.client()) {
            client.send("{\"id\":1,\"op\":\"version\"}");
            client.send("{\"id\":2,\"op\":\"status\",\"services\":[\"steady\"]}");
            client.endOutput();

            assertEquals(
                    1, assertInstanceOf(Reply.Version.class, client.message()).id());
            assertEquals(
                    2, assertInstanceOf(Reply.Services.class, client.message()).id());
            assertThrows(IOException.class, client::line);
        }
    }

    @Test
    void aThousandRequestsAreAnsweredThoughNoMoreWillCome() throws IOException {
        String requests = IntStream.rangeClosed(1, 1_000)
                .mapToObj(id -> "{\"id\":" + id + ",\"op\":\"version\"}\n")
                .collect(Collectors.joining());
        for (int i = 0; i < 10; i++) {
            try (RawClient client = daemon.client()) {
                client.sendBytes(requests.getBytes(StandardCharsets.UTF_8));
                client.endOutput();
                for (int id = 1; id <= 1_000; id++) {
                    assertEquals(
                            id,
                            assertInstanceOf(Reply.Version.class, client.message())
                                    .id());
                }
                assertThrows(IOException.class, client::line);
            }
        }
    }

    private long descriptors() throws IOException {
        try (var files = java.nio.file.Files.list(Path.of("/proc", Long.toString(daemon.pid()), "fd"))) {
            return files.count();
        }
    }
}
