package dev.reeve.daemon.blackbox;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import dev.reeve.daemon.blackbox.Transcript.Run;
import dev.reeve.daemon.blackbox.Transcript.World;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Debian's own s6 clients see the same of reeve as of a real s6-svscan. Each script of the folder `blackbox` runs in
/// both
/// worlds, and what it prints is compared: exit codes, output, events in their order, and the bytes of the files in
/// `supervise/`.
class BlackBoxScenarioTest {
    /// Scripts mostly wait: for a process to end, for a second to pass.
    private static final int AT_ONCE = 3;

    private static final ExecutorService WORKERS = Executors.newFixedThreadPool(AT_ONCE);

    @TempDir
    static Path directory;

    private record Both(Transcript onS6, Transcript onReeve) {}

    @AfterAll
    static void endWorkers() {
        WORKERS.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> aScriptPrintsTheSameOnS6AndOnReeve() {
        return Script.all().stream().map(BlackBoxScenarioTest::begin).toList().stream();
    }

    private static DynamicTest begin(Script script) {
        Future<Both> both = WORKERS.submit(inBothWorlds(script));
        return DynamicTest.dynamicTest(script.name(), script.path().toUri(), () -> {
            Both transcripts = result(both);
            assertFalse(transcripts.onS6().lines().isEmpty(), "it prints nothing");
            Optional<String> problem = new Comparison(
                            transcripts.onS6().lines(), transcripts.onReeve().lines(), script.differences())
                    .problem();
            problem.ifPresent(words -> fail(
                    words + "\n\n--- s6\n" + transcripts.onS6() + "\n\n--- reeve\n" + transcripts.onReeve() + "\n"));
        });
    }

    private static Callable<Both> inBothWorlds(Script script) {
        return () -> {
            Run onS6 = Run.start(script, World.S6, directory);
            Run onReeve = Run.start(script, World.REEVE, directory);
            return new Both(onS6.await(), onReeve.await());
        };
    }

    /// What the worker failed of is what the test fails of; what it misses, the test does not need.
    private static Both result(Future<Both> both) throws Exception {
        try {
            return both.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case Exception exception -> throw exception;
                default -> throw e;
            }
        }
    }
}
