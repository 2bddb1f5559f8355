package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.bridge.SocketOrder.InternetAddress;
import dev.reeve.bridge.SocketOrder.SocketFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LinuxListeningKernelTest {
    private static final int BACKLOG = 16;
    private static final int MODE = 0666;

    private final LinuxKernel kernel = new LinuxKernel();

    @TempDir
    private Path directory;

    private Set<Integer> descriptorsBefore;

    @BeforeEach
    void countDescriptors() throws IOException {
        // A socket of the JDK's leaves something open for the next one.
        freePort("127.0.0.1");
        connect(0, "127.0.0.1");
        descriptorsBefore = Programs.descriptors("self");
    }

    @AfterEach
    void everyDescriptorIsClosedAgain() throws IOException {
        assertEquals(descriptorsBefore, Programs.descriptors("self"));
    }

    @Test
    void whoConnectsIsTakenBeforeAnybodyAccepts() throws Exception {
        int port = freePort("127.0.0.1");
        int fd = kernel.openSocket(tcp("127.0.0.1", port));
        assertTrue(connect(port, "127.0.0.1"));
        kernel.setBacklog(fd, 2 * BACKLOG);
        assertTrue(connect(port, "127.0.0.1"));
        kernel.close(fd);
        assertFalse(connect(port, "127.0.0.1"));
    }

    @Test
    void aPortThatSomeoneHasIsRefused() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertErrno(Errno.EADDRINUSE, tcp("127.0.0.1", other.getLocalPort()));
        }
    }

    @Test
    void anAddressOfIpv6TakesNoOtherConnections() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "there is no IPv6 here");
        int port = freePort("127.0.0.1");
        int fd = kernel.openSocket(tcp("::", port));
        assertTrue(connect(port, "::1"));
        assertFalse(connect(port, "127.0.0.1"));
        kernel.close(fd);
    }

    @Test
    void anAddressThatNoInterfaceHasIsTakenOnlyByWhoIsEarly() throws Exception {
        int port = freePort("127.0.0.1");
        assertErrno(Errno.EADDRNOTAVAIL, tcp("192.0.2.1", port));
        kernel.close(kernel.openSocket(
                internet(SocketOrder.Type.STREAM, new InternetAddress("192.0.2.1", port, false, true))));
    }

    @Test
    void aPortIsHadTwiceWhereBothShareIt() throws Exception {
        InternetAddress shared = new InternetAddress("127.0.0.1", freePort("127.0.0.1"), true, false);
        for (SocketOrder.Type type : Set.of(SocketOrder.Type.STREAM, SocketOrder.Type.DATAGRAM)) {
            int first = kernel.openSocket(internet(type, shared));
            kernel.close(kernel.openSocket(internet(type, shared)));
            assertErrno(
                    Errno.EADDRINUSE, internet(type, new InternetAddress("127.0.0.1", shared.port(), false, false)));
            kernel.close(first);
        }
    }

    @Test
    void whatIsNoAddressIsRefused() {
        assertErrno(Errno.EINVAL, tcp("300.0.0.1", 80));
        assertErrno(Errno.EINVAL, tcp("1:2", 80));
    }

    @Test
    void aSocketFileHasItsModeWhateverTheUmask() throws Exception {
        for (SocketOrder.Type type : SocketOrder.Type.values()) {
            Path file = directory.resolve("socket-" + type);
            int fd = kernel.openSocket(file(type, file, MODE));
            assertEquals("rw-rw-rw-", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            kernel.close(fd);
        }
        // Of the calling thread the umask is as it was.
        Path other = Files.createFile(directory.resolve("file"));
        assertNotEquals("rw-rw-rw-", PosixFilePermissions.toString(Files.getPosixFilePermissions(other)));
    }

    @Test
    void aSocketFileIsWhoseItIsSaidToBe() throws Exception {
        assumeTrue(kernel.effectiveUser() == 0, "only root gives files away");
        Path file = directory.resolve("socket");
        int fd = kernel.openSocket(
                new SocketOrder(SocketOrder.Type.STREAM, new SocketFile(file.toString(), 0600, 65_534, 12), BACKLOG));
        assertEquals(65_534, Files.getAttribute(file, "unix:uid"));
        assertEquals(12, Files.getAttribute(file, "unix:gid"));
        kernel.close(fd);
    }

    @Test
    void whatAKilledOneLeftBehindIsReplaced() throws Exception {
        for (SocketOrder.Type type : SocketOrder.Type.values()) {
            Path file = directory.resolve("socket-" + type);
            kernel.close(kernel.openSocket(file(type, file, MODE)));
            assertTrue(Files.exists(file));
            int fd = kernel.openSocket(file(type, file, MODE));
            if (type == SocketOrder.Type.STREAM) {
                SocketChannel.open(UnixDomainSocketAddress.of(file)).close();
            }
            assertErrno(Errno.EADDRINUSE, file(type, file, MODE));
            kernel.close(fd);
        }
    }

    @Test
    void aSocketThatSomeoneListensOnIsLeftAlone() throws Exception {
        Path file = directory.resolve("socket");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(file));
            for (SocketOrder.Type type : SocketOrder.Type.values()) {
                assertErrno(Errno.EADDRINUSE, file(type, file, MODE));
            }
            SocketChannel.open(UnixDomainSocketAddress.of(file)).close();
        }
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "precious");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        assertErrno(Errno.ENOTSOCK, file(SocketOrder.Type.STREAM, file, MODE));
        assertErrno(Errno.ENOTSOCK, file(SocketOrder.Type.STREAM, link, MODE));
        assertEquals("precious", Files.readString(file));
        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void whereThereIsNoDirectoryThereIsNoSocket() {
        assertErrno(Errno.ENOENT, file(SocketOrder.Type.STREAM, directory.resolve("none/socket"), MODE));
    }

    @Test
    void groupsAreFoundByTheirNames() throws Exception {
        assertEquals(OptionalInt.of(0), kernel.findGroup("root"));
        assertEquals(OptionalInt.empty(), kernel.findGroup("no-such-group"));
    }

    private void assertErrno(int errno, SocketOrder order) {
        ErrnoException failure = assertThrows(ErrnoException.class, () -> kernel.openSocket(order));
        assertEquals(errno, failure.errno(), failure.getMessage());
    }

    private static SocketOrder tcp(String address, int port) {
        return internet(SocketOrder.Type.STREAM, new InternetAddress(address, port, false, false));
    }

    private static SocketOrder internet(SocketOrder.Type type, InternetAddress address) {
        return new SocketOrder(type, address, BACKLOG);
    }

    private static SocketOrder file(SocketOrder.Type type, Path file, int mode) {
        return new SocketOrder(
                type, new SocketFile(file.toString(), mode, SocketFile.UNCHANGED, SocketFile.UNCHANGED), BACKLOG);
    }

    private static int freePort(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
            return socket.getLocalPort();
        }
    }

    private static boolean connect(int port, String address) throws IOException {
        try (Socket _ = new Socket(InetAddress.ofLiteral(address), port)) {
            return true;
        } catch (ConnectException _) {
            return false;
        }
    }
}
