package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoExamplesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void anExampleWithoutItsCommandIsLeftOutAndItsPackageNamed() throws IOException {
        example("plain");
        requires("shell", "sh dash\n");
        requires("moon", "reeve-no-such-command moon-server\nsh dash\nreeve-no-such-tool moon-tools\n");

        DemoExamples examples = DemoExamples.in(folder.resolve("services"), Map.of("PATH", "/usr/bin:/bin"));

        assertEquals(List.of("plain", "shell"), examples.names());
        assertEquals(
                List.of(
                        "Left out, because it is not installed: moon. To have it:",
                        "  apt-get install moon-server moon-tools"),
                examples.complaint());
    }

    @Test
    void theCopyIsAsExecutableAsTheOriginal() throws IOException {
        example("plain");
        Files.createDirectories(folder.resolve("services/plain/data/deep"));

        DemoExamples.in(folder.resolve("services"), Map.of()).copyInto(folder.resolve("copy"));

        assertTrue(Files.isExecutable(folder.resolve("copy/plain/run")));
        assertTrue(Files.isDirectory(folder.resolve("copy/plain/data/deep")));
    }

    private void example(String name) throws IOException {
        Path run = Files.createDirectories(folder.resolve("services").resolve(name))
                .resolve("run");
        Files.writeString(run, "#!/bin/sh\n");
        assertTrue(run.toFile().setExecutable(true));
    }

    private void requires(String name, String lines) throws IOException {
        example(name);
        Path data =
                Files.createDirectories(folder.resolve("services").resolve(name).resolve("data"));
        Files.writeString(data.resolve("requires"), lines);
    }
}
