package dev.reeve.daemon.catchall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.EpollLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon in the logger's place, to the end of a machine.
class UncaughtReaderKernelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final Kernel kernel = new LinuxKernel();

    /// A file, to which the console says what it says.
    @TempDir
    private Path directory;

    private Path logs;

    @BeforeEach
    void makeLogs() throws IOException {
        logs = Files.createTempDirectory(Path.of("/dev/shm"), "uncaught-logs");
    }

    @AfterEach
    void removeLogs() throws IOException {
        try (Stream<Path> files = Files.walk(logs)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// What lies there still when the daemon itself ends, a line without its end included.
    @Test
    void whatIsLeftInTheFifoIsReadWhenItIsClosed() throws Exception {
        Path console = Files.createFile(directory.resolve("console"));
        try (EpollLoop loop = new EpollLoop((_, bug) -> {
                    throw new AssertionError(bug);
                });
                Console said = new Console(kernel, console.toString()).open();
                CatchAllFifo fifo = CatchAllFifo.open(kernel, directory.toString())) {
            UncaughtReader reader = UncaughtReader.begin(kernel, loop, said, fifo.openReadingEnd(), logs);
            fifo.write(ByteBuffer.wrap("whole\nhalf a".getBytes(StandardCharsets.UTF_8)));
            reader.close();
        }
        List<String> lines = Files.readAllLines(logs.resolve("current"));
        assertEquals(
                List.of("whole", "half a"),
                lines.stream()
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .toList());
    }

    /// A disk could have the loop wait.
    @Test
    void whereThereIsNoMemoryForALogLinesAreCountedOnTheConsole() throws Exception {
        Path console = Files.createFile(directory.resolve("console"));
        Path file = Files.createFile(logs.resolve("file"));
        try (EpollLoop loop = new EpollLoop((_, bug) -> {
                    throw new AssertionError(bug);
                });
                Console said = new Console(kernel, console.toString()).open();
                CatchAllFifo fifo = CatchAllFifo.open(kernel, directory.toString())) {
            UncaughtReader reader = UncaughtReader.begin(kernel, loop, said, fifo.openReadingEnd(), file);
            fifo.write(ByteBuffer.wrap("line\n".repeat(25).getBytes(StandardCharsets.UTF_8)));
            reader.close();
        }
        String said = Files.readString(console);
        assertTrue(said.contains("is dropped; mount a tmpfs there, or have a service s6-svscan-log"), said);
        assertTrue(said.contains(": 1 line: nobody keeps them\n"), said);
        assertTrue(said.endsWith(": 10 lines: nobody keeps them\n"), said);
    }

    @Test
    void thatNobodyWritesAnyMoreIsTheEndAndNoTrouble() throws Exception {
        Path console = Files.createFile(directory.resolve("console"));
        int nothing = kernel.openDirectory("/");
        try (EpollLoop loop = new EpollLoop((_, bug) -> {
                    throw new AssertionError(bug);
                });
                Console said = new Console(kernel, console.toString()).open();
                CatchAllFifo fifo = CatchAllFifo.open(kernel, directory.toString());
                UncaughtReader reader = UncaughtReader.begin(kernel, loop, said, fifo.openReadingEnd(), logs)) {
            fifo.write(ByteBuffer.wrap("last words\n".getBytes(StandardCharsets.UTF_8)));
            fifo.endOutput(nothing);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!reader.hasEnded()) {
                assertTrue(System.nanoTime() < end, () -> "it does not see the end");
                loop.await(Duration.ofSeconds(1).toNanos());
            }
        } finally {
            kernel.close(nothing);
        }
        assertEquals("", Files.readString(console));
        List<String> lines = Files.readAllLines(logs.resolve("current"));
        assertEquals(1, lines.size(), lines::toString);
        assertEquals("last words", lines.getFirst().substring(lines.getFirst().indexOf(' ') + 1));
    }
}
