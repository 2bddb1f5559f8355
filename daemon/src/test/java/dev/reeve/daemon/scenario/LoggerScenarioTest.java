package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service and its logger are joined by a pipe that outlives both.
class LoggerScenarioTest {
    private static final int LINES = 100_000;
    private static final int KILLS = 20;

    /// Says its numbers in portions, and remembers how far it has come: a SIGTERM ends it between two of them.
    private static final String NUMBERS = """
            trap 'end=1' TERM
            next=$(cat next 2>/dev/null || echo 1)
            while [ -z "$end" ] && [ $next -le %d ]; do
                seq $next $((next + 99))
                next=$((next + 100))
                echo $next >next.new && mv next.new next
            done
            [ $next -le %d ] || echo done >done
            while [ -z "$end" ]; do sleep 0.05; done
            """.formatted(LINES, LINES);

    @TempDir
    Path directory;

    @Test
    void noLineIsLostOrToldTwiceAcrossRestartsOfEither() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/s6-log")), "s6-log is not installed: apt-get install s6");
        ServiceDirectories services = ServiceDirectories.in(directory).service("numbers", NUMBERS);
        services.service("numbers/log", "exec s6-log -b s99999999 ./lines");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            for (int i = 0; i < KILLS; i++) {
                String victim = i % 2 == 0 ? "numbers" : "numbers/log";
                int pid = daemon.awaitReady(victim).pid();
                // Its down signal, SIGTERM, and back without waiting.
                try (RawClient client = daemon.client()) {
                    client.ask("restart", victim);
                }
                daemon.await(victim, status -> status.ready() && status.pid() != pid);
            }
            await("the last number was said")
                    .atMost(RunningDaemon.PATIENCE)
                    .until(() -> Files.exists(services.path("numbers", "done")));

            daemon.signal("TERM");

            assertEquals(0, daemon.awaitExit());
        }
        assertEquals(expected(), Files.readAllLines(services.path("numbers/log", "lines/current")));
    }

    private static List<String> expected() {
        return IntStream.rangeClosed(1, LINES).mapToObj(Integer::toString).toList();
    }

    @Test
    void whatAServiceSaysAtTheVeryEndIsLogged() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("talker", "echo hello; trap 'echo goodbye; exit 0' TERM; while :; do sleep 0.05; done")
                .executable("talker", "finish", "echo finished");
        services.service("talker/log", "while read -r line; do sleep 0.2; echo \"$line\" >>lines; done");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("talker/log");
            await().atMost(RunningDaemon.PATIENCE).until(() -> Files.exists(services.path("talker/log", "lines")));

            daemon.signal("TERM");

            assertEquals(0, daemon.awaitExit());
        }
        assertEquals(List.of("hello", "goodbye", "finished"), Files.readAllLines(services.path("talker/log", "lines")));
    }

    @Test
    void aLoggerThatDoesNotEndWithItsInputIsSignalled() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory).service("quiet", "exec sleep 1000");
        services.service("quiet/log", "exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("quiet");
            daemon.awaitReady("quiet/log");

            daemon.signal("TERM");

            assertEquals(0, daemon.awaitExit());
        }
    }
}
