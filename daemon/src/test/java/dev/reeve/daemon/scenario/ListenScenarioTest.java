package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sockets that the daemon opens for services, by the files in `listen/`.
class ListenScenarioTest {
    private static final String SERVER = "server";

    @TempDir
    Path directory;

    private ServiceDirectories services;
    private Path socket;
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        services = ServiceDirectories.in(directory);
        socket = directory.resolve("server.sock");
        port = freePort();
    }

    @Test
    void runIsToldOfItsSocketsAndHasThemByTheOrderOfTheirNames() throws IOException {
        server("echo $$ $LISTEN_PID $LISTEN_FDS $LISTEN_FDNAMES >told; echo >&5; " + services.idle())
                .file(SERVER, "listen/web", tcp(port))
                .file(SERVER, "listen/local", "unix:" + socket + "\nmode 0666\n")
                .directory(SERVER, "limits")
                .file(SERVER, "limits/core", "0\n")
                .file(SERVER, "notification-fd", "5\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            int pid = daemon.awaitReady(SERVER).pid();

            assertEquals(pid + " " + pid + " 2 local:web\n", Files.readString(services.path(SERVER, "told")));
            assertTrue(connects(port) && connects(socket));
            assertEquals("rw-rw-rw-", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
            assertNotEquals(socketOf(daemon, 3), socketOf(daemon, 4));
        }
    }

    @Test
    void itsSocketsStayTheSameOverRestartsAndAreGoneWhileItIsStopped() throws Exception {
        server(services.idle())
                .file(SERVER, "listen/local", "unix:" + socket + "\n")
                .file(SERVER, "listen/web", tcp(port));
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient client = daemon.client()) {
            ServiceStatus first = daemon.awaitReady(SERVER);
            String local = socketOf(daemon, 3);
            String web = socketOf(daemon, 4);

            client.ask("restart", SERVER);

            ServiceStatus second =
                    daemon.await(SERVER, it -> it.ready() && !it.pid().equals(first.pid()));
            assertEquals(local, socketOf(daemon, 3));
            assertEquals(web, socketOf(daemon, 4));

            ProcessHandle.of(second.pid()).orElseThrow().destroyForcibly();

            daemon.await(SERVER, it -> it.phase() == ServicePhase.BACKING_OFF);
            assertTrue(connects(port) && connects(socket));
            daemon.awaitReady(SERVER);
            assertEquals(web, socketOf(daemon, 4));

            client.ask("stop", SERVER);

            daemon.await(SERVER, it -> it.phase() == ServicePhase.DOWN);
            assertFalse(connects(port));
            await().atMost(RunningDaemon.PATIENCE).until(() -> !Files.exists(socket));

            client.ask("start", SERVER);

            daemon.awaitReady(SERVER);
            assertTrue(connects(port) && connects(socket));
        }
        assertFalse(Files.exists(socket), "the daemon has ended and left its socket");
    }

    @Test
    void aChangedFileCountsFromTheNextStartOn() throws IOException {
        server(services.idle()).file(SERVER, "listen/web", tcp(port)).file(SERVER, "listen/old", "unix:" + socket);
        int other = freePort();
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady(SERVER);
            String web = socketOf(daemon, 4);
            services.file(SERVER, "listen/web", tcp(port) + "backlog 5\n").file(SERVER, "listen/new", tcp(other));
            Files.delete(services.path(SERVER, "listen/old"));

            restart(daemon);

            assertEquals(web, socketOf(daemon, 4));
            assertTrue(connects(port) && connects(other));
            assertFalse(Files.exists(socket));

            services.file(SERVER, "listen/web", tcp(freePort()));

            restart(daemon);

            assertFalse(connects(port));
            assertNotEquals(web, socketOf(daemon, 4));
        }
    }

    @Test
    void aServiceWhosePortAnotherHasSaysSoAndStartsWhenItCan() throws IOException {
        server(services.idle()).file(SERVER, "restart-delay", "50\n").file(SERVER, "restart-delay-max", "50\n");
        ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        services.file(SERVER, "listen/web", tcp(other.getLocalPort()));
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            ServiceStatus status = daemon.await(SERVER, it -> it.phase() == ServicePhase.BACKING_OFF);
            assertEquals(
                    "listen/web: 127.0.0.1:" + other.getLocalPort() + " is another's already (EADDRINUSE):"
                            + " \"ss -tulnp\" says whose; end that, or choose another port",
                    status.reason());

            other.close();

            daemon.awaitReady(SERVER);
            assertTrue(connects(other.getLocalPort()));
        } finally {
            other.close();
        }
    }

    @Test
    void aServiceWithoutAllItsSocketsIsNotStarted() throws IOException {
        services.service("names", services.idle())
                .directory("names", "listen")
                .file("names", "listen/web", "tcp:localhost:80\n")
                .service("collides", services.idle())
                .directory("collides", "listen")
                .file("collides", "listen/web", tcp(port))
                .file("collides", "notification-fd", "3\n")
                .service("precious", services.idle())
                .directory("precious", "listen")
                .file("precious", "listen/local", "unix:" + directory.resolve("file"))
                .service("no-directory", services.idle())
                .file("no-directory", "listen", tcp(port));
        Files.writeString(directory.resolve("file"), "precious");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            assertTrue(
                    reason(daemon, "names").startsWith("listen/web: \"tcp:localhost:80\" is not an address such as"));
            assertEquals(
                    "notification-fd is 3, but the descriptors from 3 to 3 are those of listen/ and fd-store:"
                            + " choose 4 or more",
                    reason(daemon, "collides"));
            assertEquals(
                    "listen/local: " + directory.resolve("file")
                            + " is there and is no socket: remove it, or choose another path",
                    reason(daemon, "precious"));
            assertEquals(
                    "listen: cannot be read (open listen: Not a directory (ENOTDIR)); the service is not started"
                            + " without it",
                    reason(daemon, "no-directory"));
        }
        assertEquals("precious", Files.readString(directory.resolve("file")));
    }

    @Test
    void aRenamedServiceKeepsItsSockets() throws IOException {
        server(services.idle()).file(SERVER, "listen/web", tcp(port));
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient client = daemon.client()) {
            daemon.awaitReady(SERVER);
            String web = socketOf(daemon, SERVER, 3);
            Files.move(
                    services.directory().resolve(SERVER), services.directory().resolve("renamed"));
            client.send("{\"id\":1,\"op\":\"rescan\"}");
            client.line();
            int pid = daemon.awaitReady("renamed").pid();
            assertTrue(connects(port));

            client.ask("restart", "renamed");

            daemon.await("renamed", it -> it.ready() && it.pid() != pid);
            assertEquals(web, socketOf(daemon, "renamed", 3));
        }
    }

    private String reason(RunningDaemon daemon, String service) {
        return daemon.await(service, it -> it.phase() == ServicePhase.BACKING_OFF)
                .reason();
    }

    private static void restart(RunningDaemon daemon) throws IOException {
        Integer before = daemon.status(SERVER).pid();
        try (RawClient client = daemon.client()) {
            assertEquals(new Reply.Accepted(1), client.ask("restart", SERVER));
        }
        daemon.await(SERVER, it -> it.ready() && !it.pid().equals(before));
    }

    private ServiceDirectories server(String run) {
        return services.service(SERVER, run).directory(SERVER, "listen");
    }

    private static String socketOf(RunningDaemon daemon, int descriptor) throws IOException {
        return socketOf(daemon, SERVER, descriptor);
    }

    /// Which socket a descriptor of the service is: `socket:[INODE]`.
    private static String socketOf(RunningDaemon daemon, String service, int descriptor) throws IOException {
        Path fd = Path.of("/proc", daemon.status(service).pid().toString(), "fd", Integer.toString(descriptor));
        return Files.readSymbolicLink(fd).toString();
    }

    private static String tcp(int port) {
        return "tcp:127.0.0.1:" + port + "\n";
    }

    private static boolean connects(int port) throws IOException {
        try (Socket _ = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            return true;
        } catch (ConnectException _) {
            return false;
        }
    }

    private static boolean connects(Path socket) throws IOException {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return true;
        } catch (SocketException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }
}
