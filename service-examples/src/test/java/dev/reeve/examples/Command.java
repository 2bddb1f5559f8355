package dev.reeve.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that was run to its end: its exit code, and what it wrote.
record Command(List<String> words, int exitCode, String out, String err) {
    private static final int SECONDS_MAX = 90;

    static Command run(String... words) {
        return run(List.of(words), Map.of());
    }

    /// Runs it with these variables besides this test's own.
    static Command run(List<String> words, Map<String, String> variables) {
        try {
            // Files rather than pipes: a child that outlives the program would keep a pipe open.
            Path out = Files.createTempFile("out", null);
            Path err = Files.createTempFile("err", null);
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(variables);
            Process process = builder.start();
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("has not ended: " + words + "\n" + Files.readString(err));
            }
            Command command = new Command(words, process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return command;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while this ran: " + words, e);
        }
    }

    /// This, if it ended with that code.
    Command endsWith(int code) {
        assertEquals(code, exitCode, this::toString);
        return this;
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
