package dev.reeve.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.SpawnOrder.PassedFd;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PipeEndKernelTest {
    private final LinuxKernel kernel = new LinuxKernel();
    private final Told told = new Told();

    @Test
    void whatAChildWritesArrivesAndItsEndAfterwards() throws Exception {
        try (Programs programs = new Programs(kernel, "/");
                RunningLoop running = new RunningLoop()) {
            Kernel.Pipe pipe = kernel.pipe();
            PipeEnd end = new PipeEnd(kernel, pipe.readEnd(), told);
            running.watch(end);
            List<String> saying = List.of("/bin/sh", "-c", "echo >&5");
            int pid = kernel.spawn(programs.order(saying, List.of(new PassedFd(pipe.writeEnd(), 5))));
            kernel.close(pipe.writeEnd());
            running.runUntil(end::isClosed);
            assertEquals(List.of("\n", "end"), told.lines);
            programs.awaitEnd(pid);
        }
    }

    @Test
    void muchIsReadInPieces() throws Exception {
        Kernel.Pipe pipe = kernel.pipe();
        PipeEnd end = new PipeEnd(kernel, pipe.readEnd(), told);
        kernel.write(pipe.writeEnd(), ByteBuffer.wrap("x".repeat(700).getBytes(UTF_8)));
        end.onReadable();
        assertEquals(List.of("x".repeat(512)), told.lines);
        end.onReadable();
        assertEquals(List.of("x".repeat(512), "x".repeat(188)), told.lines);
        end.onReadable();
        assertEquals(2, told.lines.size());
        assertFalse(end.isClosed());
        kernel.close(pipe.writeEnd());
        end.close();
    }

    @Test
    void oneThatCannotBeReadIsClosedAndSaysSo() throws Exception {
        PipeEnd end = new PipeEnd(kernel, kernel.openDirectory("/"), told);
        end.onReadable();
        assertTrue(end.isClosed());
        assertEquals(Errno.EBADF, told.errno());
    }
}
