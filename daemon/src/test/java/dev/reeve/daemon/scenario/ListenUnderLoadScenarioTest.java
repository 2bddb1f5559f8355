package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An HTTP server is killed again and again while wrk asks it: with its socket in `listen/` nobody is refused, and
/// without, somebody is.
class ListenUnderLoadScenarioTest {
    private static final int KILLS = 20;
    private static final int CONNECTIONS = 16;
    private static final String SERVER = "http";
    private static final int SIGINT = 2;

    private static final Pattern ERRORS =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");

    @TempDir
    Path directory;

    private ServiceDirectories services;
    private int port;

    @BeforeEach
    void makeServer() throws IOException {
        ShellCommand.assumeInstalled("wrk", "perl");
        services = ServiceDirectories.in(directory);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
    }

    @Test
    void twentyKillsOfAServerBehindListenRefuseNoConnection() throws Exception {
        server("exec perl server.pl").file(SERVER, "listen/http", "tcp:127.0.0.1:" + port + "\n");

        Seen seen = killUnderLoad(KILLS);

        assertEquals(0, seen.connectErrors(), seen::toString);
        assertEquals(0, seen.refused(), seen::toString);
        assertTrue(seen.taken() > KILLS && seen.requests() > KILLS, seen::toString);
        // Those that were in the killed processes.
        assertTrue(seen.broken() > 0 && seen.broken() <= KILLS * CONNECTIONS, seen::toString);
    }

    @Test
    void withoutListenARefusalIsSeen() throws Exception {
        server("exec perl server.pl " + port);

        Seen seen = killUnderLoad(1);

        assertTrue(seen.refused() > 0, seen::toString);
        // wrk counts a refused connection where it writes to it.
        assertTrue(seen.broken() > CONNECTIONS, seen::toString);
    }

    private ServiceDirectories server(String run) throws IOException {
        services.service(SERVER, run)
                .directory(SERVER, "listen")
                .file(SERVER, "notification-fd", "4\n")
                .file(SERVER, "restart-delay", "0\n")
                .file(SERVER, "restart-delay-max", "0\n");
        try (InputStream server = getClass().getResourceAsStream("/http-server.pl")) {
            Files.copy(server, services.path(SERVER, "server.pl"));
        }
        return services;
    }

    /// What wrk saw: connections that it could not make, reads and writes that failed, requests answered; and how
    /// many other connections were refused meanwhile, and how many were not.
    private record Seen(int connectErrors, int broken, int requests, int refused, int taken) {}

    private Seen killUnderLoad(int kills) throws Exception {
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady(SERVER);
            Process wrk = new ProcessBuilder(
                            "wrk",
                            "--threads=1",
                            "--connections=" + CONNECTIONS,
                            "--duration=300s",
                            "http://127.0.0.1:" + port + "/")
                    .redirectErrorStream(true)
                    .start();
            Knocking knocking = new Knocking(port);
            try {
                awaitAsking(wrk);
                for (int killed = 0; killed < kills; killed++) {
                    long before = killed;
                    int pid = daemon.await(SERVER, status -> status.ready() && status.restarts() == before)
                            .pid();
                    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
                }
                daemon.await(SERVER, status -> status.ready() && status.restarts() == kills);
                awaitAnswers();
                knocking.end();
                return seen(endOf(wrk), knocking);
            } finally {
                knocking.end();
                wrk.destroyForcibly();
            }
        }
    }

    /// wrk has made its connections and can be interrupted: it asks. Before, an interruption would end it wordless.
    private static void awaitAsking(Process wrk) {
        await("wrk").atMost(RunningDaemon.PATIENCE).until(() -> !wrk.isAlive() || ProcFiles.catches(wrk.pid(), SIGINT));
    }

    /// The server answers others meanwhile.
    private void awaitAnswers() {
        String url = "http://127.0.0.1:" + port + "/";
        ShellCommand answer = ShellCommand.run(Map.of(), "perl", "-e", CLIENT, "127.0.0.1", Integer.toString(port));
        assertTrue(answer.output().contains("200 OK"), () -> url + ": " + answer);
    }

    private static final String CLIENT = "use IO::Socket::INET;"
            + "$s = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => $ARGV[1]) or die $!;"
            + "print $s \"GET / HTTP/1.1\\r\\n\\r\\n\"; print scalar <$s>;";

    /// wrk tells what it saw when it is interrupted.
    private static String endOf(Process wrk) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(wrk.pid())).start().waitFor();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(wrk.waitFor(RunningDaemon.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, wrk.exitValue(), output);
        return output;
    }

    private static Seen seen(String output, Knocking knocking) {
        System.out.println(output + knocking.taken + " other connections, " + knocking.refused + " refused");
        Matcher errors = ERRORS.matcher(output);
        Matcher requests = REQUESTS.matcher(output);
        assertTrue(requests.find(), output);
        boolean hasErrors = errors.find();
        return new Seen(
                hasErrors ? Integer.parseInt(errors.group(1)) : 0,
                hasErrors ? Integer.parseInt(errors.group(2)) + Integer.parseInt(errors.group(3)) : 0,
                Integer.parseInt(requests.group(1)),
                knocking.refused,
                knocking.taken);
    }

    /// Connects to the server, without a word, again and again.
    private static final class Knocking {
        private static final long PAUSE_NANOS = 500_000;

        private final int port;
        private final Thread thread = new Thread(this::knock, "knocking");
        private volatile boolean ends;
        private volatile int taken;
        private volatile int refused;

        Knocking(int port) {
            this.port = port;
            thread.start();
        }

        private void knock() {
            int takenYet = 0;
            int refusedYet = 0;
            while (!ends) {
                try (Socket _ = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                    taken = ++takenYet;
                } catch (IOException _) {
                    refused = ++refusedYet;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        void end() throws InterruptedException {
            ends = true;
            thread.join();
        }
    }
}
