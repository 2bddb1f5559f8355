package dev.reeve.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Kernel.ResourceLimit;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What [LinuxKernel] does with descriptors, and what it knows of its own process.
final class DescriptorsKernelTest {
    private final LinuxKernel kernel = new LinuxKernel();
    private final List<Integer> opened = new ArrayList<>();

    @AfterEach
    void closeAll() {
        opened.forEach(kernel::close);
    }

    private Kernel.Pipe pipe() throws ErrnoException {
        Kernel.Pipe pipe = kernel.pipe();
        opened.add(pipe.readEnd());
        opened.add(pipe.writeEnd());
        return pipe;
    }

    private int eventfd() throws ErrnoException {
        int fd = kernel.eventfd();
        opened.add(fd);
        return fd;
    }

    @Test
    void whatIsWrittenToAPipeIsReadFromItsOtherEnd() throws Exception {
        Kernel.Pipe pipe = pipe();
        ByteBuffer sent = ByteBuffer.wrap("-hello-".getBytes(UTF_8)).position(1).limit(6);
        assertEquals(5, kernel.write(pipe.writeEnd(), sent));
        assertFalse(sent.hasRemaining());
        ByteBuffer received = ByteBuffer.allocateDirect(20).position(3);
        assertEquals(5, kernel.read(pipe.readEnd(), received));
        assertEquals(8, received.position());
        byte[] bytes = new byte[5];
        received.get(3, bytes);
        assertArrayEquals("hello".getBytes(UTF_8), bytes);
    }

    @Test
    void aSliceOfABufferIsReadIntoAtItsOwnPlace() throws Exception {
        Kernel.Pipe pipe = pipe();
        kernel.write(pipe.writeEnd(), ByteBuffer.wrap(new byte[] {1, 2, 3}));
        byte[] whole = new byte[8];
        ByteBuffer slice = ByteBuffer.wrap(whole, 4, 2).slice();
        assertEquals(2, kernel.read(pipe.readEnd(), slice));
        assertArrayEquals(new byte[] {0, 0, 0, 0, 1, 2, 0, 0}, whole);
    }

    @Test
    void aPipesReadEndDoesNotBlockAndItsWriteEndDoes() throws Exception {
        Kernel.Pipe pipe = pipe();
        assertEquals(Kernel.WOULD_BLOCK, kernel.read(pipe.readEnd(), ByteBuffer.allocate(1)));
        assertTrue(flags(pipe.readEnd()).endsWith("04000"), "read end has O_NONBLOCK");
        assertFalse(flags(pipe.writeEnd()).endsWith("04001"), "write end has O_NONBLOCK");
    }

    @Test
    void everyDescriptorIsCloseOnExec() throws Exception {
        Kernel.Pipe pipe = pipe();
        opened.add(kernel.inotify());
        opened.add(kernel.signalfd(Set.of(10)));
        opened.add(kernel.openDirectory("/"));
        eventfd();
        assertTrue(isCloseOnExec(pipe.readEnd()));
        for (int fd : opened) {
            assertTrue(isCloseOnExec(fd), () -> "descriptor " + fd);
        }
    }

    @Test
    void aPipeWithoutAWriterEndsAndOneWithoutAReaderIsBroken() throws Exception {
        Kernel.Pipe first = kernel.pipe();
        kernel.close(first.writeEnd());
        assertEquals(0, kernel.read(first.readEnd(), ByteBuffer.allocate(1)));
        kernel.close(first.readEnd());
        Kernel.Pipe second = kernel.pipe();
        kernel.close(second.readEnd());
        assertErrno(Errno.EPIPE, () -> kernel.write(second.writeEnd(), ByteBuffer.allocate(1)));
        kernel.close(second.writeEnd());
    }

    @Test
    void aFullPipeTakesNoMore() throws Exception {
        Kernel.Pipe pipe = pipe();
        LibcFiles.fcntl(pipe.writeEnd(), Libc.F_SETFL, Libc.O_NONBLOCK);
        int written = 0;
        int last = kernel.write(pipe.writeEnd(), ByteBuffer.allocate(100_000));
        while (last != Kernel.WOULD_BLOCK) {
            written += last;
            last = kernel.write(pipe.writeEnd(), ByteBuffer.allocate(100_000));
        }
        assertTrue(written >= 4096, () -> "a pipe holds at least a page");
    }

    @Test
    void anEmptyBufferIsAMistake() throws Exception {
        int fd = eventfd();
        assertThrows(IllegalArgumentException.class, () -> kernel.read(fd, ByteBuffer.allocate(0)));
    }

    @Test
    void aClosedDescriptorIsBad() throws Exception {
        assertErrno(Errno.EBADF, () -> kernel.read(99_999, ByteBuffer.allocate(1)));
        kernel.close(99_999);
    }

    @Test
    void anEventfdTellsOnceThatItWasSignalled() throws Exception {
        int fd = eventfd();
        assertFalse(kernel.drainEventfd(fd));
        kernel.signalEventfd(fd);
        kernel.signalEventfd(fd);
        assertTrue(kernel.drainEventfd(fd));
        assertFalse(kernel.drainEventfd(fd));
    }

    @Test
    void anEventfdThatIsFullIsSignalledAllTheSame() throws Exception {
        int fd = eventfd();
        assertEquals(0, LibcSockets.eventfd_write(fd, -2));
        kernel.signalEventfd(fd);
        assertTrue(kernel.drainEventfd(fd));
    }

    @Test
    void descriptorsFromOneOnAreMadeCloseOnExec() throws Exception {
        Kernel.Pipe pipe = pipe();
        int low = Math.min(pipe.readEnd(), pipe.writeEnd());
        int high = Math.max(pipe.readEnd(), pipe.writeEnd());
        LibcFiles.fcntl(low, Libc.F_SETFD, 0);
        LibcFiles.fcntl(high, Libc.F_SETFD, 0);
        kernel.closeOnExecFrom(high);
        assertFalse(isCloseOnExec(low));
        assertTrue(isCloseOnExec(high));
        DescriptorTable.closeOnExecEach(low);
        assertTrue(isCloseOnExec(low));
    }

    @Test
    void theDescriptorLimitIsReadAndChanged() throws Exception {
        ResourceLimit before = kernel.descriptorLimit();
        ResourceLimit lower = new ResourceLimit(before.soft() - 1, before.hard());
        kernel.setDescriptorLimit(lower);
        assertEquals(lower, kernel.descriptorLimit());
        kernel.setDescriptorLimit(before);
        assertErrno(Errno.EINVAL, () -> kernel.setDescriptorLimit(new ResourceLimit(before.soft(), before.soft() - 1)));
    }

    @Test
    void theEnvironmentIsTheProcesssOwn() throws Exception {
        Set<String> own = new TreeSet<>();
        for (byte[] entry : kernel.environment()) {
            own.add(new String(entry, UTF_8));
        }
        Set<String> expected = new TreeSet<>();
        for (String entry : Files.readString(Path.of("/proc/self/environ")).split("\0", 0)) {
            expected.add(entry);
        }
        assertEquals(expected, own);
    }

    @Test
    void theProcessKnowsItsPidAndUser() {
        assertEquals(ProcessHandle.current().pid(), kernel.pid());
        String name = System.getProperty("user.name");
        assertEquals("root".equals(name), kernel.effectiveUser() == 0);
    }

    @Test
    void theClockGoesForward() {
        long before = kernel.monotonicNanos();
        assertTrue(kernel.monotonicNanos() - before >= 0);
    }

    private static boolean isCloseOnExec(int fd) {
        int flags = LibcFiles.fcntl(fd, Libc.F_GETFD, 0);
        return flags >= 0 && (flags & Libc.FD_CLOEXEC) != 0;
    }

    /// The open file's flags, in octal.
    private static String flags(int fd) throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd))) {
            if (line.startsWith("flags:")) {
                return line.strip();
            }
        }
        throw new AssertionError("no flags");
    }

    private static void assertErrno(int errno, Executable call) {
        ErrnoException failure = assertThrows(ErrnoException.class, call);
        assertEquals(errno, failure.errno(), failure.getMessage());
    }
}
