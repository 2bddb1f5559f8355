package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.DaemonMessage;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a restart takes is given back: after thousands the daemon holds what it held before.
class LeakScenarioTest {
    /// Takes some seconds. `-Dreeve.restarts=10000` has been run, and any other number can be.
    private static final int RESTARTS = Integer.getInteger("reeve.restarts", 2_000);

    /// Before anything is compared: classes are loaded and threads started as they are needed.
    private static final int WARM_UP = 500;

    private static final int SLEEPERS = 6;

    /// What a collection leaves differs by some 100 KiB from one to the next.
    private static final long HEAP_BYTES_MORE_MAX = 400_000;

    /// That on which the daemon listens, and that of a client.
    private static final int CONTROL_SOCKETS = 2;

    /// Those in `listen/`.
    private static final int SERVICE_SOCKETS = 2;

    private static final String COMING_AND_GOING = "(spawner|writer)-[1-8]|peer-commands|debug|C[12] Compiler.*";

    private static final String RESTLESS = "restless";

    @TempDir
    Path directory;

    @Test
    void thousandsOfRestartsLeaveDescriptorsThreadsAndMemoryAsTheyWere() throws IOException {
        ServiceDirectories services = ServiceDirectories.in(directory);
        services.service("announcer", "echo >&5; " + services.idle())
                .file("announcer", "notification-fd", "5\n")
                .directory("announcer", "listen")
                .file("announcer", "listen/local", "unix:" + directory.resolve("announcer.sock"))
                .file("announcer", "listen/web", "tcp:127.0.0.1:" + freePort())
                .executable("announcer", "finish", "exit 0")
                .service(RESTLESS, "exit 0")
                .file(RESTLESS, "restart-delay", "0\n")
                .file(RESTLESS, "restart-delay-max", "0\n");
        for (int i = 0; i < SLEEPERS; i++) {
            services.service("sleeper-" + i, services.idle());
        }
        try (RunningDaemon daemon = RunningDaemon.on(services);
                RawClient client = daemon.client()) {
            daemon.await(RESTLESS, _ -> true);
            restart(daemon, client, WARM_UP);
            Held before = held(daemon);
            long heapBefore = heapInUse(client);

            restart(daemon, client, RESTARTS);

            assertEquals(before, held(daemon));
            long more = heapInUse(client) - heapBefore;
            System.out.println("heap after " + RESTARTS + " restarts: " + heapBefore + " bytes, and " + more + " more");
            assertTrue(more < HEAP_BYTES_MORE_MAX, heapBefore + " bytes, and then " + more + " more");
        }
    }

    /// Restarts each service as soon as it is up, and lets one end by itself meanwhile, until there were so many.
    private static void restart(RunningDaemon daemon, RawClient client, int restarts) throws IOException {
        long endsBefore = daemon.status(RESTLESS).restarts();
        client.ask("start", RESTLESS);
        try (RawClient watcher = daemon.client()) {
            Reply.Services all = (Reply.Services) watcher.ask("watch");
            for (ServiceStatus status : all.services()) {
                restartIfUp(client, status);
            }
            int asked = 0;
            long ends = 0;
            while (asked + ends < restarts) {
                DaemonMessage message = watcher.message();
                if (message instanceof Notice.Changed changed) {
                    asked += restartIfUp(client, changed.service()) ? 1 : 0;
                    if (changed.service().name().equals(RESTLESS)) {
                        ends = changed.service().restarts() - endsBefore;
                    }
                }
            }
            assertTrue(asked > 0 && ends > 0, asked + " asked for, " + ends + " not");
        }
        client.ask("stop", RESTLESS);
        await().atMost(RunningDaemon.PATIENCE)
                .until(() -> client.status().stream()
                        .allMatch(status ->
                                status.name().equals(RESTLESS) ? status.phase() == ServicePhase.DOWN : status.ready()));
    }

    private static boolean restartIfUp(RawClient client, ServiceStatus status) throws IOException {
        if (!status.ready() || status.name().equals(RESTLESS)) {
            return false;
        }
        assertEquals(new Reply.Accepted(1), client.ask("restart", status.name()));
        return true;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    /// Descriptors by kind, threads by name, and the number of children.
    private record Held(Map<String, Integer> descriptors, Map<String, Integer> threads, int children) {}

    /// What the daemon holds once all services are up and the only client is that of this test. Threads that come and
    /// go by themselves, each of a bounded number, are left out.
    private static Held held(RunningDaemon daemon) {
        return await().atMost(RunningDaemon.PATIENCE)
                .until(
                        () -> {
                            Map<String, Integer> threads = ProcFiles.threads(daemon.pid());
                            threads.keySet().removeIf(name -> name.matches(COMING_AND_GOING));
                            return new Held(
                                    ProcFiles.descriptors(daemon.pid()),
                                    threads,
                                    ProcFiles.childrenByDirectory(daemon.pid()).size());
                        },
                        held -> held.children() == SLEEPERS + 1
                                && held.descriptors().get("socket") == CONTROL_SOCKETS + SERVICE_SOCKETS);
    }

    /// The least that is in use in a while in which garbage was collected some times.
    private static long heapInUse(RawClient client) throws IOException {
        long least = Long.MAX_VALUE;
        Map<String, Long> first = figures(client, "memory");
        Map<String, Long> last = first;
        while (last.get("collections") < first.get("collections") + 5) {
            client.status();
            last = figures(client, "memory");
            least = Math.min(least, last.get("heap-used-bytes"));
        }
        return least;
    }

    private static Map<String, Long> figures(RawClient client, String topic) throws IOException {
        client.send("{\"id\":1,\"op\":\"debug\",\"topic\":\"" + topic + "\"}");
        return new TreeMap<>(((Reply.Figures) client.message()).figures());
    }
}
