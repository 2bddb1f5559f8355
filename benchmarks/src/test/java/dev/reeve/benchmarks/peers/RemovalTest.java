package dev.reeve.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalTest {
    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void aDirectoryOfServices() throws Exception {
        directory = Files.createDirectories(parent.resolve("work"));
        Files.writeString(Files.createDirectories(directory.resolve("scan/s1")).resolve("run"), "");
    }

    @Test
    void whatAProcessStandsInGoesAndTheProcess() throws Exception {
        Process service = new ProcessBuilder("sleep", "1000")
                .directory(directory.resolve("scan/s1").toFile())
                .start();

        Removal.remove(directory);

        assertEquals(128 + 9, service.waitFor());
        assertFalse(Files.exists(directory));
    }

    @Test
    void whatASymlinkLeadsToStays() throws Exception {
        Path jars =
                Files.writeString(Files.createDirectory(parent.resolve("jars")).resolve("one.jar"), "");
        Files.createSymbolicLink(directory.resolve("target"), jars.getParent());

        Removal.remove(directory);

        assertFalse(Files.exists(directory));
        assertTrue(Files.exists(jars));
    }

    @Test
    void whatTakesTooLongIsLeft() {
        Removal.remove(directory, Duration.ZERO);

        assertTrue(Files.exists(directory));
    }

    @Test
    void whatIsNotThereIsNoFault() {
        Removal.remove(parent.resolve("nothing"));
    }
}
