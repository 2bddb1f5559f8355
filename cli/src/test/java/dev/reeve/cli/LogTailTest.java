package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The last lines of a log, compared with those of a plain reading of all its files. `-Dseed=N` replays one
/// log.
class LogTailTest {
    private static final int LOGS = 300;
    private static final int BLOCK_BYTES = 64 * 1024;

    @TempDir
    Path folder;

    @Test
    void theLastLinesAreThoseOfAPlainReading() throws Exception {
        long first = Long.getLong("seed", new Random().nextLong(1_000_000));
        for (long seed = first; seed < first + (System.getProperty("seed") == null ? LOGS : 1); seed++) {
            Random random = new Random(seed);
            List<String> all = writeLog(random);
            int wanted = random.nextInt(4) == 0 ? random.nextInt(all.size() + 5) : random.nextInt(12);

            List<String> last = last(wanted);

            assertEquals(
                    all.subList(Math.max(0, all.size() - wanted), all.size()), last, "replay it by -Dseed=" + seed);
        }
    }

    @Test
    void anEmptyLogHasNoLines() throws Exception {
        Files.createFile(folder.resolve("current"));

        assertEquals(List.of(), last(10));
    }

    @Test
    void whatIsCompressedEndsTheSearch() throws Exception {
        Files.writeString(folder.resolve("@400000006b01a8df1d7624a9.s"), "too old\n");
        Path compressed = folder.resolve("@400000006b01a8df1d7624aa.s");
        Files.write(compressed, new byte[] {0x1f, (byte) 0x8b, 8, 0, '\n'});
        Files.writeString(folder.resolve("@400000006b01a8df1d7624ab.s"), "old\n");
        Files.writeString(folder.resolve("current"), "new\n");

        List<String> lines = new ArrayList<>();
        try (LogReader reader = reader(lines)) {
            assertEquals(Optional.of(compressed), reader.readLast(10));
        }
        assertEquals(List.of("old", "new"), lines);
    }

    @Test
    void otherFilesBesideALogAreNoneOfIt() throws Exception {
        Files.writeString(folder.resolve("@400000006b01a8df1d7624a9.s"), "archived\n");
        Files.writeString(folder.resolve("@400000006b01a8df1d7624a9.t"), "being processed\n");
        Files.writeString(folder.resolve("lines"), "written by cat\n");
        List<String> lines = new ArrayList<>();

        try (LogReader reader = new LogReader(new RotatedLog(folder.resolve("lines")), into(lines))) {
            reader.readLast(10);
        }

        assertEquals(List.of("written by cat"), lines);
    }

    private List<String> last(int wanted) throws Exception {
        List<String> lines = new ArrayList<>();
        try (LogReader reader = reader(lines)) {
            assertEquals(Optional.empty(), reader.readLast(wanted));
            reader.end();
        }
        return lines;
    }

    private LogReader reader(List<String> lines) throws IOException {
        return new LogReader(new RotatedLog(folder.resolve("current")), into(lines));
    }

    static LogLines.Sink into(List<String> lines) {
        return (bytes, offset, length) -> lines.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    /// A log in up to five files, with empty lines, long ones, and files that end in the middle of one.
    private List<String> writeLog(Random random) throws IOException {
        DemoDaemon.remove(folder);
        Files.createDirectory(folder);
        List<String> all = new ArrayList<>();
        int files = 1 + random.nextInt(5);
        for (int i = 0; i < files; i++) {
            List<String> lines = new ArrayList<>();
            for (int count = random.nextInt(8); count > 0; count--) {
                lines.add(line(random));
            }
            boolean isTorn = random.nextInt(3) == 0
                    && !lines.isEmpty()
                    && !lines.getLast().isEmpty();
            String text = String.join("\n", lines) + (isTorn || lines.isEmpty() ? "" : "\n");
            boolean isNewest = i == files - 1;
            boolean isPrevious = i == files - 2 && random.nextInt(3) == 0;
            String archive = "@%024x.%s".formatted(i + 1, random.nextBoolean() ? "s" : "u");
            Path file = folder.resolve(isNewest ? "current" : isPrevious ? "previous" : archive);
            Files.writeString(file, text);
            if (isPrevious && random.nextBoolean()) {
                Files.createLink(folder.resolve(archive), file);
            }
            all.addAll(lines);
        }
        return all;
    }

    private static String line(Random random) {
        int length = switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> BLOCK_BYTES - 2 + random.nextInt(5);
            case 2 -> random.nextInt(3 * BLOCK_BYTES);
            default -> random.nextInt(80);
        };
        return Character.toString('a' + random.nextInt(26)).repeat(length);
    }
}
