package dev.reeve.daemon.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// A scan directory that a scenario fills with services.
public record ServiceDirectories(Path directory) {

    public static ServiceDirectories in(Path parent) {
        try {
            return new ServiceDirectories(Files.createDirectory(parent.resolve("scan")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A service whose `run` is this shell script.
    public ServiceDirectories service(String name, String script) {
        try {
            Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return executable(name, "run", script);
    }

    /// A command for a script that runs until a signal ends it, and is the cheapest there is: the shell itself
    /// waits for somebody to open a fifo.
    public String idle() {
        Path fifo = directory.resolveSibling("idle");
        if (!Files.exists(fifo)) {
            assertEquals(
                    0, ShellCommand.run(Map.of(), "mkfifo", fifo.toString()).exitCode());
        }
        return "read _ <" + fifo;
    }

    /// An executable shell script of a service, `finish` for one.
    public ServiceDirectories executable(String name, String file, String script) {
        file(name, file, "#!/bin/sh\n" + script + "\n");
        try {
            Files.setPosixFilePermissions(
                    directory.resolve(name).resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /// A directory of a service.
    public ServiceDirectories directory(String name, String directoryName) {
        try {
            Files.createDirectory(directory.resolve(name).resolve(directoryName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /// A file of a service.
    public ServiceDirectories file(String name, String file, String text) {
        try {
            Files.writeString(directory.resolve(name).resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Path path(String name, String file) {
        return directory.resolve(name).resolve(file);
    }
}
