package dev.reeve.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Kernel.FileStatus;
import dev.reeve.bridge.Kernel.Symlink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LinuxWritingKernelTest {
    private static final int FIFO_MODE = 0600;
    private static final int FILE_MODE = 0644;
    private static final int FIFO_DIRECTORY_MODE = 03730;
    private static final byte[] LETTERS = "uU".getBytes(UTF_8);

    private final LinuxKernel kernel = new LinuxKernel();

    @TempDir
    private Path directory;

    private int directoryFd;
    private Set<Integer> descriptorsBefore;

    @BeforeEach
    void openDirectory() throws Exception {
        directoryFd = kernel.openDirectory(directory.toString());
        descriptorsBefore = Programs.descriptors("self");
    }

    @AfterEach
    void everyDescriptorIsClosedAgain() throws IOException {
        assertEquals(descriptorsBefore, Programs.descriptors("self"));
        kernel.close(directoryFd);
    }

    @Test
    void whoReadsAFifoHears() throws Exception {
        kernel.makeFifoAt(directoryFd, "fifo", FIFO_MODE);
        int reader = kernel.openFifoAt(directoryFd, "fifo");
        try {
            assertTrue(kernel.writeFifoAt(directoryFd, "fifo", LETTERS));
            ByteBuffer heard = ByteBuffer.allocate(10);
            assertEquals(LETTERS.length, kernel.read(reader, heard));
        } finally {
            kernel.close(reader);
        }
    }

    @Test
    void aFifoThatNobodyReadsIsNotWaitedFor() throws Exception {
        kernel.makeFifoAt(directoryFd, "fifo", FIFO_MODE);
        assertFalse(kernel.writeFifoAt(directoryFd, "fifo", LETTERS));
        assertFalse(kernel.writeFifoAt(directoryFd, "fifo", new byte[0]));
    }

    @Test
    void whatAFullFifoHasNoRoomForIsLost() throws Exception {
        kernel.makeFifoAt(directoryFd, "fifo", FIFO_MODE);
        int reader = kernel.openFifoAt(directoryFd, "fifo");
        try {
            byte[] full = new byte[64 * 1024];
            assertTrue(kernel.writeFifoAt(directoryFd, "fifo", full));
            assertTrue(kernel.writeFifoAt(directoryFd, "fifo", LETTERS));
        } finally {
            kernel.close(reader);
        }
    }

    @Test
    void whatIsNoFifoIsNotWrittenTo() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "precious");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("file"));
        assertErrno(Errno.ENXIO, () -> kernel.writeFifoAt(directoryFd, "file", LETTERS));
        assertErrno(Errno.ELOOP, () -> kernel.writeFifoAt(directoryFd, "link", LETTERS));
        assertErrno(Errno.ENOENT, () -> kernel.writeFifoAt(directoryFd, "missing", LETTERS));
        assertEquals("precious", Files.readString(file));
    }

    @Test
    void aFifoIsNotOpenedThroughASymlink() throws Exception {
        kernel.makeFifoAt(directoryFd, "fifo", FIFO_MODE);
        Files.createSymbolicLink(directory.resolve("link"), Path.of("fifo"));
        assertErrno(Errno.ELOOP, () -> kernel.openFifoAt(directoryFd, "link"));
    }

    @Test
    void aFileTakesThePlaceOfAnotherWithExactlyItsMode() throws Exception {
        kernel.replaceFileAt(directoryFd, "status", "old".getBytes(UTF_8), 0666);
        kernel.replaceFileAt(directoryFd, "status", "new".getBytes(UTF_8), FILE_MODE);
        assertEquals("new", Files.readString(directory.resolve("status")));
        assertEquals(FILE_MODE, modeOf("status"));
        assertFalse(Files.exists(directory.resolve("status.new")));
    }

    @Test
    void anEmptyFileIsMadeOrTakesThePlaceOfAnother() throws Exception {
        kernel.replaceFileAt(directoryFd, "death_tally", new byte[0], 0666);
        assertEquals(0666, modeOf("death_tally"));
        kernel.replaceFileAt(directoryFd, "death_tally", LETTERS, FILE_MODE);
        kernel.replaceFileAt(directoryFd, "death_tally", new byte[0], FILE_MODE);
        assertEquals(0, Files.size(directory.resolve("death_tally")));
        assertEquals(FILE_MODE, modeOf("death_tally"));
        assertFalse(Files.exists(directory.resolve("death_tally.new")));
    }

    @Test
    void whoeverLooksFindsTheOldBytesOrTheNew() throws Exception {
        byte[] first = "a".repeat(35).getBytes(UTF_8);
        byte[] second = "b".repeat(35).getBytes(UTF_8);
        kernel.replaceFileAt(directoryFd, "status", first, FILE_MODE);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
            Future<Set<String>> read = reader.submit(() -> {
                Set<String> contents = new TreeSet<>();
                while (!done.get() || contents.size() < 2) {
                    contents.add(new String(Files.readAllBytes(directory.resolve("status")), UTF_8));
                }
                return contents;
            });
            for (int i = 0; !read.isDone(); i++) {
                kernel.replaceFileAt(directoryFd, "status", i % 2 == 0 ? second : first, FILE_MODE);
                done.set(i >= 1_000);
            }
            assertEquals(Set.of(new String(first, UTF_8), new String(second, UTF_8)), read.get());
        }
    }

    @Test
    void whatWasPreparedInThePlaceOfAFileIsNotWrittenInto() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "precious");
        Files.createLink(directory.resolve("status.new"), precious);
        kernel.replaceFileAt(directoryFd, "status", LETTERS, FILE_MODE);
        Files.createSymbolicLink(directory.resolve("status.new"), precious);
        kernel.replaceFileAt(directoryFd, "status", LETTERS, FILE_MODE);
        assertEquals("precious", Files.readString(precious));
        assertArrayEquals(LETTERS, Files.readAllBytes(directory.resolve("status")));
    }

    @Test
    void aDirectoryGetsExactlyTheModeButNotThroughASymlink() throws Exception {
        Files.createDirectory(directory.resolve("event"));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("event"));
        kernel.setDirectoryModeAt(directoryFd, "event", FIFO_DIRECTORY_MODE);
        assertEquals(FIFO_DIRECTORY_MODE, modeOf("event"));
        assertErrno(Errno.ENOTDIR, () -> kernel.setDirectoryModeAt(directoryFd, "link", FILE_MODE));
    }

    @Test
    void aSymlinkSaysWhereItLeadsAndWhoseItIs() throws Exception {
        Files.createSymbolicLink(directory.resolve("link"), Path.of("no/where"));
        Files.createDirectory(directory.resolve("real"));
        assertEquals(new Symlink("no/where", kernel.effectiveUser()), kernel.readLinkAt(directoryFd, "link"));
        assertNull(kernel.readLinkAt(directoryFd, "real"));
        assertErrno(Errno.ENOENT, () -> kernel.readLinkAt(directoryFd, "missing"));
    }

    @Test
    void removingWhatIsNotThereIsNoError() throws Exception {
        Files.writeString(directory.resolve("file"), "");
        kernel.removeFileAt(directoryFd, "file");
        kernel.removeFileAt(directoryFd, "file");
        assertFalse(Files.exists(directory.resolve("file")));
    }

    private int modeOf(String name) throws ErrnoException {
        FileStatus status = kernel.statusAt(directoryFd, name);
        assertNotNull(status);
        return status.mode();
    }

    private static void assertErrno(int errno, Executable call) {
        ErrnoException failure = assertThrows(ErrnoException.class, call);
        assertEquals(errno, failure.errno(), failure.getMessage());
    }
}
