package dev.reeve.daemon.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.LinuxKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @TempDir
    Path directory;

    /// That it returns at all says that this machine was not ended.
    @Test
    void nothingHappens() throws IOException, ErrnoException {
        Path script = Files.createDirectory(directory.resolve("scripts")).resolve("rc.shutdown.final");
        Files.writeString(script, "#!/bin/sh\n: >" + directory + "/it-was-run\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

        Rehearsal.hold(new LinuxKernel(), InitOptions.parse(List.of("-c", directory.toString())));

        assertFalse(Files.exists(directory.resolve("it-was-run")));
    }
}
