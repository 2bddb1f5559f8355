package dev.reeve.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class LinuxFilesKernelTest {
    private static final int OWNER_ONLY = 0x180;
    private static final int ANYBODY_WRITES = 0x192;

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
    void aDirectoryStaysTheSameUnderAnotherName() throws Exception {
        Files.writeString(directory.resolve("name"), "content");
        Path renamed = Files.move(directory, directory.resolveSibling("renamed-" + directory.getFileName()));
        assertArrayEquals("content".getBytes(UTF_8), kernel.readFileAt(directoryFd, "name", 100));
        Files.move(renamed, directory);
    }

    @Test
    void aDirectoryBelowIsOpenedThroughASymlinkToo() throws Exception {
        Files.createDirectory(directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
        int fd = kernel.openDirectoryAt(directoryFd, "link");
        assertEquals(kernel.statusAt(directoryFd, "real"), kernel.statusAt(fd, ""));
        kernel.close(fd);
    }

    @Test
    void whatIsNotADirectoryIsNotOpenedAsOne() throws Exception {
        Files.createFile(directory.resolve("file"));
        assertErrno(Errno.ENOTDIR, () -> kernel.openDirectoryAt(directoryFd, "file"));
        assertErrno(Errno.ENOENT, () -> kernel.openDirectoryAt(directoryFd, "missing"));
        assertErrno(Errno.ENOENT, () -> kernel.openDirectory(directory + "/missing"));
    }

    @Test
    void aPathThatTheKernelCannotBeToldIsRefusedInItsWords() {
        assertErrno(Errno.ENAMETOOLONG, () -> kernel.openDirectory("/" + "x/".repeat(10_000)));
        assertErrno(Errno.EINVAL, () -> kernel.openDirectory("/tmp\0/x"));
    }

    @Test
    void aThousandNamesAreListed() throws Exception {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String name = "a-name-long-enough-to-need-several-calls-ü-" + i;
            Files.createFile(directory.resolve(name));
            expected.add(name);
        }
        var listed = kernel.listDirectory(directoryFd);
        assertEquals(1000, listed.size());
        assertEquals(expected, new HashSet<>(listed));
    }

    @Test
    void moreNamesThanTheHeapShouldHoldAreRefused() throws Exception {
        String name = "x".repeat(250);
        for (int i = 0; i < 4_000; i++) {
            Files.createFile(directory.resolve(name + i));
        }
        ErrnoException refusal = assertThrows(ErrnoException.class, () -> kernel.listDirectory(directoryFd));
        assertEquals(Errno.EFBIG, refusal.errno());
    }

    @Test
    void aSymlinkSaysWhereItLeadsAndWhoseItIsAndOtherFilesAreNone() throws Exception {
        Files.createSymbolicLink(directory.resolve("link"), Path.of("no/where"));
        Files.writeString(directory.resolve("file"), "");
        assertEquals(new Symlink("no/where", kernel.effectiveUser()), kernel.readLinkAt(directoryFd, "link"));
        assertNull(kernel.readLinkAt(directoryFd, "file"));
        assertThrows(ErrnoException.class, () -> kernel.readLinkAt(directoryFd, "missing"));
    }

    @Test
    void anEmptyDirectoryListsNothing() throws Exception {
        assertEquals(0, kernel.listDirectory(directoryFd).size());
    }

    @Test
    void aStatusTellsKindModeIdentityAndTime() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx-wxr--"));
        FileStatus status = kernel.statusAt(directoryFd, "file");
        assertNotNull(status);
        assertEquals(FileStatus.Kind.REGULAR, status.kind());
        assertEquals(0x1dc, status.mode());
        assertEquals((Long) Files.getAttribute(file, "unix:ino"), status.inode());
        assertEquals(Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS), status.modifiedNanos());
    }

    @Test
    void aStatusTellsOneKindFromAnother() throws Exception {
        Files.createDirectory(directory.resolve("directory"));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("directory"));
        Files.createSymbolicLink(directory.resolve("device"), Path.of("/dev/null"));
        Files.createSymbolicLink(directory.resolve("dangling"), Path.of("missing"));
        kernel.makeFifoAt(directoryFd, "fifo", OWNER_ONLY);
        assertEquals(FileStatus.Kind.DIRECTORY, kindOf(""));
        assertEquals(FileStatus.Kind.DIRECTORY, kindOf("directory"));
        assertEquals(FileStatus.Kind.DIRECTORY, kindOf("link"));
        assertEquals(FileStatus.Kind.OTHER, kindOf("device"));
        assertEquals(FileStatus.Kind.FIFO, kindOf("fifo"));
        Files.delete(directory.resolve("device"));
        assertNull(kernel.statusAt(directoryFd, "dangling"));
        assertNull(kernel.statusAt(directoryFd, "missing"));
    }

    private FileStatus.Kind kindOf(String name) throws ErrnoException {
        FileStatus status = kernel.statusAt(directoryFd, name);
        assertNotNull(status, name);
        return status.kind();
    }

    @Test
    void aFileIsReadUpToTheBytesAskedFor() throws Exception {
        byte[] content = new byte[200_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31);
        }
        Files.write(directory.resolve("file"), content);
        Files.createFile(directory.resolve("empty"));
        assertArrayEquals(content, kernel.readFileAt(directoryFd, "file", 1_000_000));
        assertArrayEquals(java.util.Arrays.copyOf(content, 70_000), kernel.readFileAt(directoryFd, "file", 70_000));
        assertArrayEquals(new byte[0], kernel.readFileAt(directoryFd, "file", 0));
        assertArrayEquals(new byte[0], kernel.readFileAt(directoryFd, "empty", 100));
    }

    @Test
    void aFileThatIsMissingIsNullAndOneThatIsNotRegularIsRefused() throws Exception {
        Files.createDirectory(directory.resolve("directory"));
        kernel.makeFifoAt(directoryFd, "fifo", OWNER_ONLY);
        assertNull(kernel.readFileAt(directoryFd, "missing", 100));
        assertErrno(Errno.EISDIR, () -> kernel.readFileAt(directoryFd, "directory", 100));
        assertErrno(Errno.EINVAL, () -> kernel.readFileAt(directoryFd, "fifo", 100));
    }

    @Test
    void aFifoHasExactlyTheModeWhateverTheUmask() throws Exception {
        kernel.makeFifoAt(directoryFd, "fifo", ANYBODY_WRITES);
        FileStatus status = kernel.statusAt(directoryFd, "fifo");
        assertNotNull(status);
        assertEquals(ANYBODY_WRITES, status.mode());
    }

    @Test
    void aFifoDoesNotTakeTheNameOfAnother() throws Exception {
        Files.createFile(directory.resolve("taken"));
        assertErrno(Errno.EEXIST, () -> kernel.makeFifoAt(directoryFd, "taken", OWNER_ONLY));
    }

    @Test
    void aFifoThatNobodyElseHasOpenNeitherWaitsNorEnds() throws Exception {
        kernel.makeFifoAt(directoryFd, "fifo", OWNER_ONLY);
        int fd = kernel.openFifoAt(directoryFd, "fifo");
        ByteBuffer buffer = ByteBuffer.allocate(10);
        assertEquals(Kernel.WOULD_BLOCK, kernel.read(fd, buffer));
        Files.writeString(directory.resolve("fifo"), "u");
        assertEquals(1, kernel.read(fd, buffer));
        assertEquals('u', buffer.get(0));
        assertEquals(Kernel.WOULD_BLOCK, kernel.read(fd, buffer));
        kernel.close(fd);
    }

    @Test
    void whatIsNotAFifoIsNotOpenedAsOne() throws Exception {
        Files.createFile(directory.resolve("file"));
        assertErrno(Errno.ENXIO, () -> kernel.openFifoAt(directoryFd, "file"));
        assertErrno(Errno.ENOENT, () -> kernel.openFifoAt(directoryFd, "missing"));
        assertTrue(Files.exists(directory.resolve("file")));
    }

    private static void assertErrno(int errno, Executable call) {
        ErrnoException failure = assertThrows(ErrnoException.class, call);
        assertEquals(errno, failure.errno(), failure.getMessage());
    }
}
