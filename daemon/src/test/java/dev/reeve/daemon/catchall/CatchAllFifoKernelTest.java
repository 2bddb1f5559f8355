package dev.reeve.daemon.catchall;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.catchall.CatchAllFifo.Reader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The fifo trick, with a real fifo.
class CatchAllFifoKernelTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final Kernel kernel = new LinuxKernel();
    private final BlockingQueue<Reader> readers = new LinkedBlockingQueue<>();
    private final List<Process> started = new ArrayList<>();
    private CatchAllFifo fifo;

    @BeforeEach
    void open() throws ErrnoException {
        fifo = CatchAllFifo.open(kernel, directory.toString());
    }

    @AfterEach
    void close() {
        fifo.close();
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void itIsMadeForItsOwnerOnlyAndAgainTakenAsItIs() throws Exception {
        assertEquals(
                PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(directory.resolve("fifo")));
        CatchAllFifo.open(kernel, directory.toString()).close();
    }

    @Test
    void anythingElseOfItsNameIsRefused() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("fifo"), "");
        ErrnoException refused = assertThrows(ErrnoException.class, () -> CatchAllFifo.open(kernel, other.toString()));
        assertEquals(Errno.ENXIO, refused.errno());
    }

    @Test
    void beforeSomebodyReadsNothingCanBeWritten() {
        ErrnoException refused = assertThrows(ErrnoException.class, () -> write("too early"));
        assertEquals(Errno.EPIPE, refused.errno());
    }

    @Test
    void theMomentInWhichSomebodyReadsIsSeen() throws Exception {
        fifo.awaitReader(LONG, (reader, _) -> readers.add(reader));
        assertEquals(0, readers.size());
        cat();
        assertEquals(Reader.LOGGER, readers.poll(1, TimeUnit.MINUTES));
        assertEquals(0, readers.size(), "told once");
    }

    @Test
    void whoComesTooLateFindsThatTheDaemonReads() throws Exception {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        fifo.awaitReader(Duration.ofMillis(10), (reader, _) -> readers.add(reader));
        assertEquals(Reader.DAEMON, readers.poll(1, TimeUnit.MINUTES));
        cat();
        await("the thread that waited has ended")
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !others.contains(thread))
                        .noneMatch(thread -> thread.getName().startsWith("catch-all")));
        assertEquals(0, readers.size(), "told once");
    }

    @Test
    void nobodyWaitsForOneWhoIsNotToCome() throws Exception {
        fifo.awaitReader(LONG, (reader, _) -> readers.add(reader));
        fifo.stopWaiting();
        assertEquals(Reader.DAEMON, readers.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void whatADeadReaderHasNotReadIsForTheNextOne() throws Exception {
        fifo.awaitReader(LONG, (reader, _) -> readers.add(reader));
        Process cat = cat();
        assertEquals(Reader.LOGGER, readers.poll(1, TimeUnit.MINUTES));
        cat.destroyForcibly().waitFor();
        write("one\n");
        kernel.write(fifo.forServices(), ByteBuffer.wrap("two\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals("one\ntwo\n", start("head", "-n", "2").inputReader().readAllAsString());
    }

    @Test
    void aFullFifoKeepsTheDaemonNotWaiting() throws Exception {
        fifo.awaitReader(Duration.ZERO, (reader, _) -> readers.add(reader));
        assertEquals(Reader.DAEMON, readers.poll(1, TimeUnit.MINUTES));
        String line = "x".repeat(999) + "\n";
        int written = 0;
        while (write(line) != Kernel.WOULD_BLOCK) {
            written++;
        }
        assertTrue(written > 0);
    }

    @Test
    void whenTheDaemonHasEndedItsOutputTheReaderReadsToTheEnd() throws Exception {
        fifo.awaitReader(LONG, (reader, _) -> readers.add(reader));
        int instead = kernel.openDirectory("/");
        Process cat = cat();
        try {
            assertEquals(Reader.LOGGER, readers.poll(1, TimeUnit.MINUTES));
            write("last words\n");
            fifo.endOutput(instead);
            assertEquals("last words\n", cat.inputReader().readAllAsString());
        } finally {
            kernel.close(instead);
        }
        assertThrows(ErrnoException.class, () -> write("more"));
    }

    private int write(String text) throws ErrnoException {
        return fifo.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Process cat() throws IOException {
        return start("cat");
    }

    private Process start(String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <fifo", "sh"));
        words.addAll(List.of(command));
        Process process =
                new ProcessBuilder(words).directory(directory.toFile()).start();
        started.add(process);
        return process;
    }
}
