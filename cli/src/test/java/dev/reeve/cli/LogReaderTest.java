package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading on while a logger does what loggers do to their files, in the very steps in which they do it.
class LogReaderTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    private Path current;
    private int archives;

    @BeforeEach
    void begin() throws IOException {
        current = Files.createFile(folder.resolve("current"));
    }

    @Test
    void noLineIsLostOrReadTwiceWhereverAReaderLooksIntoARotation() throws Exception {
        long seed = Long.getLong("seed", new Random().nextLong());
        Random random = new Random(seed);
        try (LogReader reader = reader()) {
            for (int i = 0; i < 2_000; i++) {
                say(random.nextInt(4));
                lookSometimes(reader, random);
                switch (random.nextInt(6)) {
                    case 0 -> rotateAsS6Log(reader, random);
                    case 1 -> rotateAsSvlogd(reader, random);
                    default -> lookSometimes(reader, random);
                }
            }
            look(reader);
        }
        assertEquals(said, read, "replay it by -Dseed=" + seed);
    }

    @Test
    void aLineIsReadWhenItHasItsEnd() throws Exception {
        try (LogReader reader = reader()) {
            write("beg");
            look(reader);
            assertEquals(List.of(), read);
            write("un\nnext");
            look(reader);
            assertEquals(List.of("begun"), read);
        }
    }

    @Test
    void aLineWithoutAnEndIsReadWhenItsFileIsLeft() throws Exception {
        try (LogReader reader = reader()) {
            write("torn");
            Files.move(current, archive("u"));
            Files.createFile(current);
            write("whole\n");
            look(reader);
        }
        assertEquals(List.of("torn", "whole"), read);
    }

    @Test
    void aTruncatedFileIsReadFromItsBeginning() throws Exception {
        try (LogReader reader = reader()) {
            write("one\ntwo\nthr");
            look(reader);
            Files.writeString(current, "four\n");
            look(reader);
        }
        assertEquals(List.of("one", "two", "four"), read);
    }

    @Test
    void whatAProcessorPutsInPlaceOfAFileIsNotReadAgain() throws Exception {
        Files.writeString(archive("s"), "old\n");
        try (LogReader reader = reader()) {
            say(3);
            Files.move(current, folder.resolve("previous"));
            Files.createFile(current);
            Files.writeString(archive("s"), "processed\n");
            Files.delete(folder.resolve("previous"));
            say(3);
            Files.move(current, archive("s"));
            Files.createFile(current);
            say(3);
            look(reader);
        }
        assertEquals(said, read);
    }

    @Test
    void filesThatAreDeletedUnreadAreLeftOut() throws Exception {
        Path oldest = archive("s");
        Files.writeString(oldest, "old\n");
        try (LogReader reader = reader()) {
            say(1);
            Path first = archive("s");
            Files.move(current, first);
            Files.writeString(archive("s"), "kept\n");
            Files.writeString(current, "newest\n");
            Files.delete(oldest);
            Files.delete(first);
            look(reader);
        }
        assertEquals(List.of(said.getFirst(), "kept", "newest"), read);
    }

    @Test
    void anotherFileUnderTheSameNameIsReadWhenItComes() throws Exception {
        Path log = folder.resolve("app.log");
        Files.writeString(log, "one\n");
        try (LogReader reader = new LogReader(new RotatedLog(log), LogTailTest.into(read))) {
            reader.readLast(10);
            Files.move(log, folder.resolve("app.log.1"));
            Files.writeString(folder.resolve("app.log.1"), "two\n", StandardOpenOption.APPEND);
            look(reader);
            Files.writeString(log, "three\n");
            look(reader);
        }
        assertEquals(List.of("one", "two", "three"), read);
    }

    private LogReader reader() throws IOException {
        return new LogReader(new RotatedLog(current), LogTailTest.into(read));
    }

    private void rotateAsS6Log(LogReader reader, Random random) throws Exception {
        Path previous = folder.resolve("previous");
        Files.move(current, previous);
        lookSometimes(reader, random);
        Files.createFile(current);
        lookSometimes(reader, random);
        say(random.nextInt(2));
        Files.createLink(archive("s"), previous);
        lookSometimes(reader, random);
        Files.delete(previous);
    }

    private void rotateAsSvlogd(LogReader reader, Random random) throws Exception {
        Files.move(current, archive("u"), StandardCopyOption.ATOMIC_MOVE);
        lookSometimes(reader, random);
        Files.createFile(current);
    }

    private Path archive(String suffix) {
        archives++;
        return folder.resolve("@%024x.%s".formatted(archives, suffix));
    }

    private void lookSometimes(LogReader reader, Random random) throws Exception {
        if (random.nextInt(4) == 0) {
            reader.readOn();
        }
    }

    private static void look(LogReader reader) throws Exception {
        while (reader.readOn()) {
            // There is more.
        }
        assertFalse(reader.readOn());
    }

    private void say(int lines) throws IOException {
        for (int i = 0; i < lines; i++) {
            String line = "line " + said.size();
            said.add(line);
            write(line + "\n");
        }
    }

    private void write(String text) throws IOException {
        Files.writeString(current, text, StandardOpenOption.APPEND);
    }
}
