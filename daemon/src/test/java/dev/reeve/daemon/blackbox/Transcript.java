package dev.reeve.daemon.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// What a script printed in one of both worlds.
record Transcript(List<String> lines) {
    /// A machine may be slow: what this ends hangs.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// What a script exits with where something is not installed; it says what.
    private static final int SKIPPED = 77;

    enum World {
        S6,
        REEVE
    }

    /// A script that was started in one world.
    record Run(Script script, World world, Process process, Path output, Path errors) {

        static Run start(Script script, World world, Path directory) throws IOException {
            String name = script.name() + "." + argument(world);
            Path output = directory.resolve(name + ".output");
            Path errors = directory.resolve(name + ".errors");
            ProcessBuilder builder = new ProcessBuilder(script.path().toString(), argument(world))
                    .directory(directory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            // Files of s6's own are in everybody's reach.
            builder.environment().putAll(Map.of("LC_ALL", "C"));
            return new Run(script, world, builder.start(), output, errors);
        }

        Transcript await() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .toList();
                all.forEach(ProcessHandle::destroyForcibly);
                throw new AssertionError(script.name() + " hangs on " + world + ": " + Files.readString(output));
            }
            String complaints = Files.readString(errors);
            Assumptions.assumeFalse(process.exitValue() == SKIPPED, complaints.strip());
            assertEquals("", complaints, () -> "what " + script.name() + " complains of on " + world);
            assertEquals(0, process.exitValue(), () -> script.name() + " on " + world);
            return new Transcript(Files.readAllLines(output));
        }

        private static String argument(World world) {
            return switch (world) {
                case S6 -> "s6";
                case REEVE -> "reeve";
            };
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
