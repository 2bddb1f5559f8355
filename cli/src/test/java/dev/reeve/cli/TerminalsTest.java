package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who sits at a terminal is found and told, and who does not listen is not waited for.
@Timeout(60)
class TerminalsTest {
    @TempDir
    Path directory;

    @Test
    void areNamedByTheirDevices() {
        assertEquals(Optional.of(Path.of("/dev/pts/3")), Terminals.named((136 << 8) | 3));
        assertEquals(Optional.of(Path.of("/dev/pts/300")), Terminals.named((137 << 8) | 44));
        assertEquals(Optional.of(Path.of("/dev/tty1")), Terminals.named((4 << 8) | 1));
        assertEquals(Optional.of(Path.of("/dev/ttyS0")), Terminals.named((4 << 8) | 64));
        assertEquals(Optional.empty(), Terminals.named(0));
    }

    @Test
    void oneThatNobodyReadsIsPassedOver() throws Exception {
        Path fifo = fifo();
        Terminals.write(fifo, "nobody reads this");
        Terminals.write(directory.resolve("nothing"), "there is nothing");
        assertFalse(Files.exists(directory.resolve("nothing")));
    }

    @Test
    void oneThatIsFullIsNotWaitedFor() throws Exception {
        Path fifo = fifo();
        Process reader = new ProcessBuilder("sh", "-c", "exec 3<>" + fifo + "; echo opened; read line").start();
        assertEquals('o', reader.getInputStream().read());
        String pageful = "x".repeat(4096);
        for (int i = 0; i < 100; i++) {
            Terminals.write(fifo, pageful);
        }
        reader.getOutputStream().close();
        assertEquals(1, reader.waitFor());
    }

    /// script(1) of util-linux gives its command a terminal.
    @Test
    void theOneInUseIsFoundAndWrittenTo() throws Exception {
        File typescript = directory.resolve("typescript").toFile();
        Process session = new ProcessBuilder("script", "-qfc", "tty; read line", typescript.toString()).start();
        Path terminal = Path.of(session.inputReader(StandardCharsets.UTF_8).readLine());
        assertTrue(Terminals.inUse().contains(terminal));
        assertTrue(Terminals.owners(Terminals.inUse()).contains(System.getProperty("user.name")));
        Terminals.write(terminal, "the machine ends\n");
        assertEquals(
                "the machine ends", session.inputReader(StandardCharsets.UTF_8).readLine());
        session.getOutputStream().write('\n');
        session.getOutputStream().close();
        session.waitFor();
    }

    private Path fifo() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        return fifo;
    }
}
