package dev.reeve.daemon.catchall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.EpollLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.log.DaemonLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who reads the fifo when a logger has come and does not come again: on a real loop, with a short patience.
class CatchAllKernelTest {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Kernel kernel = new LinuxKernel();
    private boolean begun;

    /// A file, to which the console says what it says.
    @TempDir
    private Path directory;

    private Path logs;
    private EpollLoop loop;
    private Console console;
    private CatchAllFifo fifo;
    private DaemonLog log;
    private CatchAll catchAll;

    @BeforeEach
    void aLoggerComesAndIsReady() throws Exception {
        logs = Files.createTempDirectory(Path.of("/dev/shm"), "uncaught-logs");
        loop = new EpollLoop((_, bug) -> {
            throw new AssertionError(bug);
        });
        console = new Console(
                        kernel, Files.createFile(directory.resolve("console")).toString())
                .open();
        fifo = CatchAllFifo.open(kernel, directory.toString());
        DaemonWords words = new DaemonWords(fifo, console);
        log = new DaemonLog(words);
        catchAll = new CatchAll(kernel, loop, fifo, console, words, log, logs, PATIENCE);
        int logger = fifo.openReadingEnd();
        catchAll.begin(true, () -> {
            begun = true;
            catchAll.loggerIsReady();
        });
        turnUntil(() -> begun);
        kernel.close(logger);
    }

    @AfterEach
    void end() throws IOException {
        catchAll.close();
        log.close();
        fifo.close();
        console.close();
        loop.close();
        try (Stream<Path> files = Files.walk(logs)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void oneThatIsNotReadyAgainInTimeIsReplacedUntilItIs() throws Exception {
        catchAll.loggerIsReadyNoMore(Duration.ofHours(1));
        say("while nobody reads");
        turnUntil(() -> logged().contains("while nobody reads\n"));
        assertTrue(onConsole().contains("and leaves unread what services say, so reeved reads it until it is"));

        catchAll.loggerIsReady();
        say("to the logger");
        int logger = fifo.openReadingEnd();
        ByteBuffer read = ByteBuffer.allocate(100);
        kernel.read(logger, read);
        kernel.close(logger);
        assertEquals("to the logger\n", new String(read.array(), 0, read.position(), StandardCharsets.UTF_8));
    }

    /// It may read, and not say that it is ready; and if it does not, nobody is kept waiting yet.
    @Test
    void whileThereIsNothingToReadItHasTime() throws Exception {
        catchAll.loggerIsReadyNoMore(Duration.ofHours(1));
        long twice = System.nanoTime() + 3 * PATIENCE.toNanos();
        turnUntil(() -> System.nanoTime() > twice);
        assertEquals("", onConsole());
        assertFalse(Files.exists(logs.resolve("current")));

        say("at last");
        turnUntil(() -> logged().contains("at last\n"));
    }

    private void say(String line) throws Exception {
        fifo.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private void turnUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, this::logged);
            loop.await(Duration.ofMillis(10).toNanos());
        }
    }

    private String onConsole() throws IOException {
        return Files.readString(directory.resolve("console"));
    }

    private String logged() {
        try {
            Path current = logs.resolve("current");
            return Files.exists(current) ? Files.readString(current) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
