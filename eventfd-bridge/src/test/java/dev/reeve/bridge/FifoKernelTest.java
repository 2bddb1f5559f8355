package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class FifoKernelTest {
    private final LinuxKernel kernel = new LinuxKernel();
    private final Told told = new Told();

    @TempDir
    private Path directory;

    @Test
    void whatOthersWriteArrivesAndTheirClosingIsNoEnd() throws Exception {
        int directoryFd = kernel.openDirectory(directory.toString());
        try (RunningLoop running = new RunningLoop()) {
            kernel.makeFifoAt(directoryFd, "control", 0x180);
            Fifo fifo = new Fifo(kernel, kernel.openFifoAt(directoryFd, "control"), told);
            running.watch(fifo);
            Files.writeString(directory.resolve("control"), "dx");
            running.runWhatIsReady();
            Files.writeString(directory.resolve("control"), "u");
            running.runWhatIsReady();
            assertEquals(List.of("dx", "u"), told.lines);
            assertFalse(fifo.isClosed());
        }
        kernel.close(directoryFd);
    }

    @Test
    void oneThatWasNotOpenedForWritingTooFailsAtItsEnd() throws Exception {
        Kernel.Pipe pipe = kernel.pipe();
        Fifo fifo = new Fifo(kernel, pipe.readEnd(), told);
        kernel.close(pipe.writeEnd());
        fifo.onReadable();
        assertTrue(fifo.isClosed());
        assertEquals(Errno.EPIPE, told.errno());
    }

    @Test
    void oneThatCannotBeReadIsClosedAndSaysSo() throws Exception {
        Fifo fifo = new Fifo(kernel, kernel.openDirectory("/"), told);
        fifo.onReadable();
        assertTrue(fifo.isClosed());
        assertEquals(Errno.EBADF, told.errno());
    }
}
