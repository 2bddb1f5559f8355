package dev.reeve.cli.outside;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a client finds around it: where it may print, its environment, where it is installed.
///
/// `onTerminal` tells whether `out` is one. `home` is the folder that holds `bin`; it is empty for a client that no
/// launcher started.
public record Surroundings(
        StandardOutput out, PrintStream err, boolean onTerminal, Map<String, String> environment, Optional<Path> home) {

    /// Those of this process; the launcher told the rest in system properties.
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                new StandardOutput(new FileOutputStream(FileDescriptor.out)),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Boolean.getBoolean("reeve.terminal"),
                System.getenv(),
                Optional.ofNullable(System.getProperty("reeve.home"))
                        .map(home -> Path.of(home).toAbsolutePath().normalize()));
    }

    /// Colour is for terminals, unless the user asked for none.
    public boolean coloured() {
        return onTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /// A program of this installation, as one would type it.
    public String program(String name) {
        return home.map(path -> path.resolve("bin").resolve(name).toString()).orElse(name);
    }
}
