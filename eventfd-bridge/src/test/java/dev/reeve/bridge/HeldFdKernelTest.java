package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Kernel.Pipe;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HeldFdKernelTest {
    private final LinuxKernel kernel = new LinuxKernel();
    private final AtomicInteger ends = new AtomicInteger();

    @TempDir
    private Path directory;

    @Test
    void onlyItsEndIsToldHoweverMuchThereIsToRead() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Pipe pipe = kernel.pipe();
            HeldFd held = new HeldFd(kernel, pipe.readEnd(), ends::incrementAndGet);
            assertTrue(running.loop.watchEnd(held));
            kernel.write(pipe.writeEnd(), ByteBuffer.wrap(new byte[] {1}));
            running.runWhatIsReady();
            assertEquals(0, ends.get());
            kernel.close(pipe.writeEnd());
            running.runUntil(() -> ends.get() > 0);
            running.runWhatIsReady();
            assertEquals(1, ends.get());
            assertTrue(held.isClosed() && !isOpen(pipe.readEnd()));
        }
    }

    @Test
    void aFileHasNoEndToBeWatched() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            int directoryFd = kernel.openDirectory(directory.toString());
            HeldFd held = new HeldFd(kernel, kernel.openLockedAt(directoryFd, "file", 0600), ends::incrementAndGet);
            assertFalse(running.loop.watchEnd(held));
            held.close();
            kernel.close(directoryFd);
        }
    }

    @Test
    void whatIsLentStaysOpenUntilItIsGivenBack() throws Exception {
        Pipe pipe = kernel.pipe();
        HeldFd held = new HeldFd(kernel, pipe.readEnd(), ends::incrementAndGet);
        held.lend();
        held.close();
        assertTrue(isOpen(pipe.readEnd()));
        held.giveBack();
        assertFalse(isOpen(pipe.readEnd()));
        HeldFd other = new HeldFd(kernel, pipe.writeEnd(), ends::incrementAndGet);
        other.lend();
        other.giveBack();
        assertTrue(isOpen(pipe.writeEnd()));
        other.close();
        assertFalse(isOpen(pipe.writeEnd()));
    }

    @Test
    void oneEndOfAPipeIsNotTheOther() throws Exception {
        Pipe pipe = kernel.pipe();
        assertFalse(kernel.isSameFile(pipe.readEnd(), pipe.writeEnd()));
        kernel.close(pipe.readEnd());
        kernel.close(pipe.writeEnd());
        assertThrows(ErrnoException.class, () -> kernel.isSameFile(pipe.readEnd(), pipe.writeEnd()));
    }

    private boolean isOpen(int fd) {
        try {
            return kernel.statusAt(fd, "") != null;
        } catch (ErrnoException e) {
            return false;
        }
    }
}
