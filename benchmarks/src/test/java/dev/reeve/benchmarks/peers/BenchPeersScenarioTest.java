package dev.reeve.benchmarks.peers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchPeersScenarioTest {
    @TempDir
    private Path work;

    @Test
    void whatIsTerminatedLeavesNothingBehind() throws Exception {
        assumeTrue(
                Commands.exist("gcc") && Files.exists(Path.of("/usr/include/stdlib.h")),
                "needs gcc and libc6-dev: apt-get install gcc libc6-dev");
        Process bench = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BenchPeers.class.getName(),
                        "--quick",
                        "--work",
                        work.toString(),
                        "floor")
                .inheritIO()
                .start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> servicesStandIn(work));
            bench.destroy();

            assertEquals(128 + 15, bench.waitFor());
            assertEquals(List.of(), entries(work));
            assertEquals(0, Removal.standingIn(work).size());
        } finally {
            bench.destroyForcibly();
            Removal.remove(work);
        }
    }

    private static boolean servicesStandIn(Path work) {
        return Removal.standingIn(work).size() > 1;
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }
}
