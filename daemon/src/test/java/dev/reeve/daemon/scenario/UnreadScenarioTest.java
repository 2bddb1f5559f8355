package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.DaemonMessage;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that do not read what they are told: others do not feel them, and the daemon's memory does not fill up.
class UnreadScenarioTest {
    private static final int SERVICES = 200;
    private static final Duration BRIEFLY = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    private RunningDaemon daemon;
    private final List<RawClient> rude = new ArrayList<>();

    @BeforeEach
    void aDaemonWithManyServices() {
        ServiceDirectories services = ServiceDirectories.in(directory);
        for (int i = 0; i < SERVICES; i++) {
            services.service("s" + i, "exec sleep 1000").file("s" + i, "down", "");
        }
        daemon = RunningDaemon.on(services);
        await("the scan").until(this::services, count -> count == SERVICES);
    }

    @AfterEach
    void end() throws IOException {
        for (RawClient client : rude) {
            client.close();
        }
        daemon.close();
        assertFalse(daemon.log().contains("internal error"), daemon.log());
        assertFalse(daemon.log().contains("OutOfMemory"), daemon.log());
    }

    @Test
    void aThousandClientsThatNeverReadCostTheOthersNothing() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            RawClient client = daemon.client();
            rude.add(client);
            client.send("{\"id\":1,\"op\":\"watch\"}");
            client.sendWhatFits("{\"id\":2,\"op\":\"status\"}\n".repeat(100));
        }
        try (RawClient polite = daemon.client()) {
            for (int round = 0; round < 10; round++) {
                long begun = System.nanoTime();
                restartAll(polite);
                assertEquals(1, polite.status("s0").size());
                Duration taken = Duration.ofNanos(System.nanoTime() - begun);
                assertTrue(taken.compareTo(BRIEFLY) < 0, "an answer took " + taken);
            }
        }
        assertTrue(daemon.log().contains("cut off: "), daemon.log());
    }

    @Test
    void aWatcherThatFallsBehindIsToldWhyItIsCutOff() throws IOException {
        try (RawClient slow = daemon.client();
                RawClient polite = daemon.client()) {
            slow.send("{\"id\":1,\"op\":\"watch\"}");
            while (!daemon.log().contains("cut off: this client watches")) {
                restartAll(polite);
            }
            DaemonMessage last = slow.message();
            while (!(last instanceof Notice.Goodbye)) {
                last = slow.message();
            }
            assertTrue(((Notice.Goodbye) last).reason().contains("read faster"), last.toString());
        }
    }

    @Test
    void halfARequestOfManyClientsDoesNotFillTheMemory() throws IOException {
        for (int i = 0; i < 500; i++) {
            RawClient client = daemon.client();
            rude.add(client);
            client.sendWhatFits("x".repeat(60_000));
        }
        try (RawClient polite = daemon.client()) {
            assertEquals(SERVICES, polite.status().size());
            polite.send("{\"id\":1,\"op\":\"debug\",\"topic\":\"memory\"}");
            Reply.Figures memory = assertInstanceOf(Reply.Figures.class, polite.message());
            assertTrue(
                    memory.figures().get("clients-held-bytes")
                            <= memory.figures().get("clients-max-bytes"),
                    memory.toString());
        }
    }

    private int services() throws IOException {
        try (RawClient client = daemon.client()) {
            return client.status().size();
        }
    }

    private static void restartAll(RawClient client) throws IOException {
        client.ask(
                "restart", IntStream.range(0, SERVICES).mapToObj(i -> "s" + i).toArray(String[]::new));
    }
}
