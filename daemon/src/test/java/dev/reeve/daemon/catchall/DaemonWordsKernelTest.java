package dev.reeve.daemon.catchall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.log.LogSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon's log between a real fifo and a file that stands for the console.
class DaemonWordsKernelTest {
    @TempDir
    Path directory;

    private final Kernel kernel = new LinuxKernel();
    private CatchAllFifo fifo;
    private Console console;
    private DaemonWords words;

    @BeforeEach
    void open() throws Exception {
        fifo = CatchAllFifo.open(kernel, directory.toString());
        Files.createFile(directory.resolve("console"));
        console = new Console(kernel, directory.resolve("console").toString()).open();
        words = new DaemonWords(fifo, console);
    }

    @AfterEach
    void close() {
        console.close();
        fifo.close();
    }

    @Test
    void beforeSomebodyReadsTheConsoleHasItAndWhoReadsFirstHasItAll() throws Exception {
        words.write(List.of("one", "two\n\tof two"));
        assertEquals("one\ntwo\n\tof two\n", onConsole());
        assertEquals(LogSink.NEVER, words.againInNanos(), "it is woken");
        int reader = fifo.openReadingEnd();
        words.write(List.of("three"));
        assertEquals("one\ntwo\n\tof two\nthree\n", read(reader));
        assertEquals("one\ntwo\n\tof two\n", onConsole(), "not what is read");
        kernel.close(reader);
    }

    @Test
    void whatAFullFifoHasNoRoomForIsHandedOnInItsOrder() throws Exception {
        int reader = fifo.openReadingEnd();
        List<String> lines =
                IntStream.range(0, 300).mapToObj(i -> i + "x".repeat(990)).toList();
        words.write(lines);
        assertTrue(words.againInNanos() < LogSink.NEVER);
        assertTrue(onConsole().endsWith(lines.getLast() + "\n"));
        StringBuilder all = new StringBuilder();
        while (words.againInNanos() < LogSink.NEVER) {
            all.append(read(reader));
            words.write(List.of());
        }
        all.append(read(reader));
        assertEquals(String.join("\n", lines) + "\n", all.toString());
        kernel.close(reader);
    }

    @Test
    void whereNobodyKeepsWhatIsReadTheConsoleHasIt() throws Exception {
        int reader = fifo.openReadingEnd();
        words.stayOnConsole(true);
        words.write(List.of("one"));
        assertEquals("one\n", onConsole());
        words.stayOnConsole(false);
        words.write(List.of("two"));
        assertEquals("one\ntwo\n", read(reader));
        kernel.close(reader);
    }

    @Test
    void aLineThatWouldBeTornByOthersIsCut() throws Exception {
        int reader = fifo.openReadingEnd();
        words.write(List.of("x".repeat(10_000), "next"));
        assertEquals("x".repeat(4_095) + "\nnext\n", read(reader));
        kernel.close(reader);
    }

    private String onConsole() throws IOException {
        return Files.readString(directory.resolve("console"));
    }

    private String read(int reader) throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        int length = kernel.read(reader, buffer);
        while (length > 0) {
            length = kernel.read(reader, buffer);
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
}
