package dev.reeve.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo, as someone who has just cloned reeve tries it: every example at once, on its usual port.
class DemoScenarioTest {
    @TempDir
    Path directory;

    /// The demo builds what is older than its sources, and this run of Maven has just built it.
    @BeforeAll
    static void noteThatAllIsBuilt() throws IOException {
        FileTime began = FileTime.from(Instant.parse(System.getProperty("reeve.build-began")));
        Path built = Example.HOME.resolve("target/built");
        Files.createDirectories(built.getParent());
        if (Files.notExists(built)) {
            Files.createFile(built);
        } else if (Files.getLastModifiedTime(built).compareTo(began) >= 0) {
            return;
        }
        Files.setLastModifiedTime(built, began);
    }

    @Test
    void allThatIsInstalledBecomesReadyAndEndsWithTheDemo() throws IOException {
        List<Example> examples =
                Example.all().stream().filter(Example::isInstalled).toList();
        for (Example example : examples) {
            assumeTrue(
                    !example.hasPort() || !Example.isTaken(example.usualPort()),
                    () -> "the demo is not tested, because the port of " + example.name() + " is taken");
        }

        Command demo = Command.run(
                List.of(Example.HOME.resolve("bin/reeve").toString(), "demo", "--for", "5"),
                Map.of("JDK_JAVA_OPTIONS", "", "TMPDIR", directory.toString()));

        demo.endsWith(0);
        for (Example example : examples) {
            if (!example.name().equals("flaky")) {
                assertTrue(
                        demo.lines().stream().anyMatch(line -> line.matches(example.name() + " +up +yes .*")),
                        demo::toString);
            }
        }
        assertTrue(demo.out().contains("All have ended, and the daemon too."), demo::toString);
        Path folder = folder(demo);
        assertTrue(Files.notExists(folder), folder::toString);
        new ServiceProcesses(folder).awaitNone();
    }

    /// Where the demo said that its services are.
    private static Path folder(Command demo) {
        Stream<String> first = demo.lines().getFirst().lines();
        String sentence = first.findFirst().orElseThrow();
        assertEquals('.', sentence.charAt(sentence.length() - 1), sentence);
        return Path.of(sentence.substring(sentence.indexOf('/'), sentence.length() - 1))
                .getParent();
    }
}
