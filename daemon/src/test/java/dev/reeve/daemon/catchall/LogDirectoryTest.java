package dev.reeve.daemon.catchall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.log.TaiLabel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogDirectoryTest {
    private static final int LABEL_LENGTH = 26;

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-02-03T04:05:06Z");
    private LogDirectory log;

    @BeforeEach
    void open() {
        log = new LogDirectory(directory, () -> now);
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    @Test
    void eachLineHasItsTimeBeforeIt() throws IOException {
        append("one");
        now = now.plusNanos(1);
        append("two");
        assertEquals(
                List.of(TaiLabel.text(now.minusNanos(1)) + " one", TaiLabel.text(now) + " two"),
                Files.readAllLines(directory.resolve("current")));
    }

    @Test
    void aFullFileIsPutAsideWithItsLastLineAndTenAreKept() throws IOException {
        String line = "x".repeat(1_000);
        int lines = 0;
        while (archives().size() < LogDirectory.ARCHIVES_MAX) {
            append(line + lines++);
        }
        String oldest = archives().getFirst().getFileName().toString();
        assertTrue(oldest.matches("@[0-9a-f]{24}\\.s"), oldest);
        for (Path archive : archives()) {
            long size = Files.size(archive);
            assertTrue(size >= LogDirectory.FILE_BYTES_MAX && size < LogDirectory.FILE_BYTES_MAX + 1_100, "" + size);
            assertTrue(isFinished(archive));
        }
        assertEquals(
                numbers(lines),
                allLines().stream().map(it -> it.substring(1_000)).toList());
        while (Files.exists(directory.resolve(oldest))) {
            append(line + lines++);
        }
        assertEquals(LogDirectory.ARCHIVES_MAX, archives().size());
    }

    @Test
    void aClockThatGoesBackHasNoArchiveTakeThePlaceOfAnother() throws IOException {
        for (int i = 0; i < 3; i++) {
            while (archives().size() == i) {
                append("x".repeat(8_000));
            }
            now = now.minusSeconds(60);
        }
        assertEquals(3, archives().size());
    }

    @Test
    void oneThatWasClosedInOrderGoesOnAndOneThatWasNotIsPutAside() throws IOException {
        append("one");
        assertFalse(isFinished(directory.resolve("current")));
        log.close();
        assertTrue(isFinished(directory.resolve("current")));
        append("two");
        // As if it had been killed.
        LogDirectory next = new LogDirectory(directory, () -> now.plusSeconds(1));
        next.append(bytes("three"));
        next.close();
        assertEquals(List.of("one", "two", "three"), allLines());
        assertTrue(archives().getFirst().toString().endsWith(".u"));
    }

    @Test
    void aLoggerThatHasTakenItsPlaceKeepsItsFileAsItIs() throws IOException {
        append("one");
        Files.move(directory.resolve("current"), directory.resolve("@" + "0".repeat(24) + ".u"));
        Files.writeString(directory.resolve("current"), "the logger's\n");
        Files.setPosixFilePermissions(directory.resolve("current"), PosixFilePermissions.fromString("rw-r--r--"));
        append("two");
        log.close();
        assertFalse(isFinished(directory.resolve("current")));
        assertEquals("the logger's\n", Files.readString(directory.resolve("current")));
    }

    @Test
    void withoutADirectoryALineIsRefused() throws IOException {
        append("one");
        log.close();
        Files.delete(directory.resolve("current"));
        Files.delete(directory);
        assertThrows(IOException.class, () -> append("two"));
        Files.createDirectory(directory);
        append("three");
        assertEquals(List.of("three"), allLines());
    }

    private void append(String line) throws IOException {
        log.append(bytes(line));
    }

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(it -> it.getFileName().toString().startsWith("@"))
                    .sorted()
                    .toList();
        }
    }

    /// Without their times, the oldest first.
    private List<String> allLines() throws IOException {
        List<Path> files = new ArrayList<>(archives());
        files.add(directory.resolve("current"));
        List<String> lines = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                Files.readAllLines(file).forEach(line -> lines.add(line.substring(LABEL_LENGTH)));
            }
        }
        return lines;
    }

    private static List<String> numbers(int end) {
        return Stream.iterate(0, it -> it + 1).limit(end).map(String::valueOf).toList();
    }

    private static boolean isFinished(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
    }
}
