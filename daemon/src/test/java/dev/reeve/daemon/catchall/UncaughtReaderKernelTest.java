package dev.reeve.daemon.catchall;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon in the logger's place, to the end of a machine.
@Timeout(60)
class UncaughtReaderKernelTest {
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
            while (!reader.hasEnded()) {
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
