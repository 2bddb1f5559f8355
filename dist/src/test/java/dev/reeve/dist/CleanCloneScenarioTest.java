package dev.reeve.dist;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// README's first line, for whoever has just cloned: what git has is built by bin/build, which compiles no tests, and
/// runs. Where tests were built before, their files hide what is missing.
class CleanCloneScenarioTest {
    private static final Path HOME = Path.of(System.getProperty("reeve.home"));

    /// It may be another user's, as in a container that has it mounted.
    private static final String COPY = """
            git -c safe.directory='*' ls-files -z | xargs -0 cp -P --preserve=mode --parents -t "$1"
            """;

    @TempDir
    Path clone;

    @BeforeEach
    void copyWhatGitHas() {
        assumeTrue(Command.find("git").isPresent(), "git is not installed: apt-get install git");
        assumeTrue(Files.exists(HOME.resolve(".git")), "this is no clone of git's: clone it to test what git has");
        Command.output(HOME, "sh", "-c", COPY, "sh", clone.toString());
        assertTrue(Files.exists(clone.resolve("bin/build")), "git has no bin/build");
    }

    @Test
    void itBuildsAndRunsWithoutWhatTestsLeave() {
        inTime("bin/build");
        assertTrue(inTime("bin/reeve", "version").startsWith("reeve "));
        String shown = inTime("bin/reeve", "demo", "--for", "1");
        assertTrue(shown.lines().anyMatch(line -> line.matches("ticker +up +yes .*")), shown);
        assertTrue(shown.contains("All have ended, and the daemon too."), shown);
    }

    private String inTime(String program, String... words) {
        List<String> command =
                new ArrayList<>(List.of("timeout", "300", clone.resolve(program).toString()));
        command.addAll(List.of(words));
        return Command.output(clone, command.toArray(String[]::new));
    }
}
