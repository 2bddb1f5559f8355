package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.DaemonMessage;
import dev.reeve.protocol.Decoded;
import dev.reeve.protocol.MutatedRequests;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hundred thousand lines that are hardly ever requests, and bytes that are no lines: each line is answered in its
/// turn, and the daemon is as it was. `-Dseed=N` sends the same again.
class NoiseScenarioTest {
    private static final int CLIENTS = 5;
    private static final int LINES_A_CLIENT = 20_000;

    @TempDir
    Path directory;

    private RunningDaemon daemon;
    private long seed;

    @BeforeEach
    void aDaemonWithOneService() {
        seed = Long.getLong("seed", new Random().nextInt(Integer.MAX_VALUE));
        System.out.println("Noise on the control socket: -Dseed=" + seed);
        daemon = RunningDaemon.on(ServiceDirectories.in(directory).service("steady", "exec sleep 1000"));
        daemon.awaitReady("steady");
    }

    @AfterEach
    void end() throws IOException {
        daemon.close();
    }

    @Test
    void eachOfAHundredThousandLinesIsAnsweredInItsTurn() throws Exception {
        long descriptorsBefore = descriptors();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> sessions = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                long clientSeed = seed + i;
                sessions.add(() -> session(clients, clientSeed));
            }
            for (Future<Void> session : clients.invokeAll(sessions)) {
                session.get();
            }
        }
        assertUnharmed(descriptorsBefore);
    }

    @Test
    void noiseWithoutLinesChangesNothing() throws IOException {
        long descriptorsBefore = descriptors();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            try (RawClient client = daemon.client()) {
                byte[] noise = new byte[random.nextInt(2_000)];
                random.nextBytes(noise);
                client.sendWhatFits(new String(noise, StandardCharsets.ISO_8859_1));
            }
        }
        assertUnharmed(descriptorsBefore);
    }

    /// Sends all lines without waiting for an answer, while another thread reads the answers.
    private Void session(ExecutorService threads, long clientSeed) throws Exception {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        List<Long> ids = new ArrayList<>();
        MutatedRequests requests = new MutatedRequests(clientSeed);
        while (ids.size() < LINES_A_CLIENT) {
            byte[] line = requests.next().bytes();
            Decoded decoded = ProtocolCodec.decodeRequest(line, 0, line.length);
            if (line.length <= ProtocolCodec.MAX_REQUEST_BYTES && !isShutdown(decoded)) {
                lines.writeBytes(line);
                lines.write('\n');
                ids.add(id(decoded));
            }
        }
        try (RawClient client = daemon.client()) {
            Future<Void> sender = threads.submit(() -> {
                client.sendBytes(lines.toByteArray());
                return null;
            });
            for (int i = 0; i < ids.size(); i++) {
                int number = i;
                assertEquals(ids.get(i), nextReply(client).id(), () -> "line " + number + " of seed " + clientSeed);
            }
            sender.get();
        }
        return null;
    }

    private static boolean isShutdown(Decoded decoded) {
        return decoded instanceof Decoded.Ok(Request request) && request instanceof Request.Shutdown;
    }

    private static long id(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Ok(Request request) -> request.id();
            case Decoded.Bad(long id, String reason) -> {
                assertFalse(reason.isEmpty());
                yield id;
            }
        };
    }

    /// The next message that is no notice: among the lines are some that ask to watch.
    private static Reply nextReply(RawClient client) throws IOException {
        while (true) {
            DaemonMessage message = client.message();
            if (message instanceof Reply reply) {
                return reply;
            }
        }
    }

    private void assertUnharmed(long descriptorsBefore) {
        await("the descriptors of the clients are closed")
                .atMost(RunningDaemon.PATIENCE)
                .until(() -> descriptors() <= descriptorsBefore);
        assertTrue(daemon.status("steady").ready());
        assertFalse(daemon.log().contains("internal error"), daemon::log);
    }

    private long descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(daemon.pid()), "fd"))) {
            return files.count();
        }
    }
}
