package dev.reeve.daemon.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An env(1) that cannot block signals, as busybox's and older ones: the daemon then does it itself.
class OldEnvScenarioTest {
    private static final String OLD_ENV = """
            #!/bin/sh
            case $1 in --block-signal*|--default-signal*) echo "env: unrecognized option '$1'" >&2; exit 125 ;; esac
            exec /usr/bin/env "$@"
            """;

    @TempDir
    Path directory;

    @Test
    void theDaemonBlocksItsSignalsAndHidesThatFromItsServices() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Files.writeString(bin.resolve("env"), OLD_ENV);
        Files.setPosixFilePermissions(bin.resolve("env"), PosixFilePermissions.fromString("rwxr-xr-x"));
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("looker", "cat /proc/$$/environ >environ; echo >&3; exec sleep 1000")
                .file("looker", "notification-fd", "3\n");
        List<String> prefix = List.of("sh", "-c", "PATH=\"" + bin + ":$PATH\" exec \"$0\" \"$@\"");
        try (RunningDaemon daemon = RunningDaemon.on(services, prefix, null)) {
            daemon.awaitReady("looker");

            assertFalse(Files.readString(services.path("looker", "environ")).contains("_REEVE"));
            daemon.signal("TERM");
            assertEquals(0, daemon.awaitExit());
        }
    }
}
