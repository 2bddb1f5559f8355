package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services give descriptors away (sd_notify(3), FDSTORE=1) and have them again when they are started the next time.
class DescriptorStoreScenarioTest {
    private static final String KEEPER = "keeper";
    private static final String MEMORY = "/memfd:";

    @TempDir
    Path directory;

    private ServiceDirectories services;

    @BeforeEach
    void makeService() throws IOException {
        ShellCommand.assumeInstalled("python3");
        services = ServiceDirectories.in(directory)
                .service(KEEPER, "exec python3 storing-service.py")
                .file(KEEPER, "notify-socket", "")
                .file(KEEPER, "restart-delay", "0\n");
        try (InputStream service = getClass().getResourceAsStream("/storing-service.py")) {
            Files.copy(service, services.path(KEEPER, "storing-service.py"));
        }
    }

    @Test
    void whatIsStoredIsThereAfterAKillAndARestartAndGoneAfterAStop() throws IOException {
        services.file(KEEPER, "fd-store", "2\n").file(KEEPER, "orders", "memory state 42\n");
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient client = daemon.client()) {
            assertEquals("", told(daemon, daemon.awaitReady(KEEPER)));
            assertEquals("state=42", told(daemon, kill(daemon)));
            assertEquals("state=42", told(daemon, kill(daemon)));

            Integer before = daemon.status(KEEPER).pid();
            client.ask("restart", KEEPER);

            assertEquals(
                    "state=42",
                    told(
                            daemon,
                            daemon.await(KEEPER, it -> it.ready() && !it.pid().equals(before))));
            assertEquals(1, memories(daemon));

            client.ask("stop", KEEPER);

            daemon.await(KEEPER, it -> it.phase() == ServicePhase.DOWN);
            assertEquals(0, memories(daemon));

            client.ask("start", KEEPER);

            assertEquals("", told(daemon, daemon.awaitReady(KEEPER)));
        }
    }

    @Test
    void itComesAfterTheSocketsInTheOrderInWhichItWasStored() throws IOException {
        services.file(KEEPER, "fd-store", "3\n")
                .file(KEEPER, "orders", "memory-without-name anything 1\nmemory-twice state 2\n")
                .directory(KEEPER, "listen")
                .file(KEEPER, "listen/web", "unix:" + directory.resolve("web.sock") + "\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady(KEEPER);

            assertEquals("web=socket stored=1 state=2", told(daemon, kill(daemon)));
        }
    }

    @Test
    void aPipeThatHasHungUpIsDroppedUnlessTheServiceSaidNotToLook() throws IOException {
        services.file(KEEPER, "fd-store", "5\n").file(KEEPER, "orders", "pipe lost 1\npipe-unwatched kept 2\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady(KEEPER);

            assertEquals("kept=2", told(daemon, kill(daemon)));
        }
    }

    @Test
    void whatIsRemovedDoesNotComeBack() throws IOException {
        services.file(KEEPER, "fd-store", "5\n")
                .file(KEEPER, "orders", "memory gone 1\nmemory stays 2\nmemory gone 3\nremove gone -\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady(KEEPER);

            assertEquals("stays=2", told(daemon, kill(daemon)));
        }
    }

    @Test
    void noMoreIsKeptThanTheFileAllowsAndNothingWithoutIt() throws IOException {
        services.file(KEEPER, "orders", "memory one 1\nmemory two 2\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady(KEEPER);
            await().atMost(RunningDaemon.PATIENCE)
                    .until(() -> daemon.log().contains("are closed, because its fd-store allows 0"));
            assertEquals(0, memories(daemon));
            services.file(KEEPER, "fd-store", "1\n");

            assertEquals("", told(daemon, kill(daemon)));
            assertEquals("one=1", told(daemon, kill(daemon)));
            assertTrue(daemon.log().contains("are closed, because its fd-store allows 1"));

            services.file(KEEPER, "fd-store", "0\n");

            assertEquals("", told(daemon, kill(daemon)));
            assertEquals(0, memories(daemon));
        }
    }

    @Test
    void aDescriptorThatMayBecomeThatOfANotificationFdIsComplainedOf() throws IOException {
        services.file(KEEPER, "fd-store", "2\n").file(KEEPER, "orders", "").file(KEEPER, "notification-fd", "4\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            assertEquals(
                    "notification-fd is 4, but the descriptors from 3 to 4 are those of listen/ and fd-store: choose 5"
                            + " or more",
                    daemon.await(KEEPER, it -> it.phase() == ServicePhase.BACKING_OFF)
                            .reason());
        }
    }

    private static ServiceStatus kill(RunningDaemon daemon) {
        ServiceStatus before = daemon.awaitReady(KEEPER);
        ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
        return daemon.await(KEEPER, it -> it.ready() && !it.pid().equals(before.pid()));
    }

    /// What the service that has just become ready was handed.
    private String told(RunningDaemon daemon, ServiceStatus ready) throws IOException {
        assertEquals(ready.pid(), daemon.status(KEEPER).pid());
        return Files.readString(services.path(KEEPER, "told"));
    }

    /// How much memory the daemon holds for the service.
    private static int memories(RunningDaemon daemon) throws IOException {
        return ProcFiles.descriptors(daemon.pid()).entrySet().stream()
                .filter(kind -> kind.getKey().startsWith(MEMORY))
                .mapToInt(kind -> kind.getValue())
                .sum();
    }
}
