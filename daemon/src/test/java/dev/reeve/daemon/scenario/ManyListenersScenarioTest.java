package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.protocol.Reply;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A thousand services that go down at once, and s6's clients that listen to all of them.
class ManyListenersScenarioTest {
    private static final int SERVICES = 1_000;

    /// Of so many services every event is written down.
    private static final int RECORDED = 20;

    /// More than is needed on two busy cores; a condition ends the waiting.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// s6-svwait has a fifo open twice for each service it waits for.
    private static final String WITH_ENOUGH_DESCRIPTORS = "ulimit -n 4096 && exec \"$@\"";

    @TempDir
    Path directory;

    private ServiceDirectories services;
    private List<String> names;

    /// One listener of a service: each byte that is written to its fifo.
    private record Recording(RandomAccessFile fifo, FileInputStream bytes, StringBuilder heard)
            implements AutoCloseable {

        static Recording of(Path event) throws IOException {
            Path listener = event.resolve("ftrig1:@" + "0".repeat(24) + ":record");
            ShellCommand made = ShellCommand.run(Map.of(), "mkfifo", listener.toString());
            assertEquals(0, made.exitCode(), made.output());
            RandomAccessFile fifo = new RandomAccessFile(listener.toFile(), "rw");
            return new Recording(fifo, new FileInputStream(fifo.getFD()), new StringBuilder());
        }

        String heardSoFar() {
            try {
                heard.append(new String(bytes.readNBytes(bytes.available()), StandardCharsets.US_ASCII));
                return heard.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            bytes.close();
            fifo.close();
        }
    }

    @BeforeEach
    void aThousandServices() throws IOException {
        ShellCommand.assumeInstalled("s6-svwait");
        services = ServiceDirectories.in(directory);
        names = IntStream.range(0, SERVICES).mapToObj(i -> "many-" + i).toList();
        services.service(names.getFirst(), services.idle());
        for (String name : names.subList(1, SERVICES)) {
            Path service = Files.createDirectory(services.directory().resolve(name));
            Files.createLink(service.resolve("run"), services.path(names.getFirst(), "run"));
        }
    }

    @Test
    void whoWaitsForAllOfThemIsToldOfEach() throws Exception {
        List<Recording> recordings = new ArrayList<>();
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient client = daemon.client()) {
            await().atMost(PATIENCE).until(() -> Files.exists(services.path(names.getLast(), "supervise/status")));
            assertEnds(0, svwait("-u"));
            for (String name : names.subList(SERVICES - RECORDED, SERVICES)) {
                recordings.add(Recording.of(services.path(name, "event")));
            }

            allGo(client, "stop", "-D");
            allGo(client, "start", "-u");
            allGo(client, "stop", "-D");

            for (Recording recording : recordings) {
                await().atMost(PATIENCE).until(recording::heardSoFar, heard -> heard.length() >= "dDudD".length());
                assertEquals("dDudD", recording.heardSoFar());
            }
        } finally {
            for (Recording recording : recordings) {
                recording.close();
            }
        }
    }

    /// One request for all of them, while s6-svwait listens to each already.
    private void allGo(RawClient client, String operation, String what) throws Exception {
        Process waiter = svwait(what);
        try {
            await().atMost(PATIENCE).until(() -> listensTo(names.getLast()));
            assertEquals(
                    Reply.Accepted.class,
                    client.ask(operation, names.toArray(String[]::new)).getClass());
            assertEnds(0, waiter);
        } finally {
            waiter.destroyForcibly();
        }
    }

    private Process svwait(String what) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", WITH_ENOUGH_DESCRIPTORS, "sh", "s6-svwait", what));
        command.addAll(List.of("-t", Long.toString(PATIENCE.toMillis())));
        names.forEach(name -> command.add(services.directory().resolve(name).toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("s6-svwait.output").toFile())
                .start();
    }

    private void assertEnds(int exitCode, Process process) throws Exception {
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        String output = Files.readString(directory.resolve("s6-svwait.output"));
        assertEquals(exitCode, ended ? process.exitValue() : -1, () -> "s6-svwait: " + output);
    }

    /// It begins with the first, so whoever listens to the last listens to all.
    private boolean listensTo(String service) throws IOException {
        try (DirectoryStream<Path> listeners =
                Files.newDirectoryStream(services.path(service, "event"), "ftrig1:@4*")) {
            return listeners.iterator().hasNext();
        }
    }
}
