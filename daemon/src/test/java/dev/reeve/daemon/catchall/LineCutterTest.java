package dev.reeve.daemon.catchall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineCutterTest {
    private final List<String> lines = new ArrayList<>();
    private final LineCutter cutter = new LineCutter(line -> lines.add(new String(line, StandardCharsets.UTF_8)));

    @Test
    void linesEndWhereTheirNewlinesAreHoweverTheBytesCome() {
        take("one\ntw");
        take("o\n\nth");
        assertEquals(List.of("one", "two", ""), lines);
        take("ree\n");
        assertEquals("three", lines.getLast());
    }

    @Test
    void aNulEndsALineToo() {
        take("one\0two\n");
        assertEquals(List.of("one", "two"), lines);
    }

    @Test
    void whatIsTooLongBecomesSeveralLinesOfWhichNothingIsLost() {
        String longest = "x".repeat(LineCutter.BYTES_MAX);
        take(longest + "\n");
        assertEquals(List.of(longest), lines);
        lines.clear();
        take(longest.substring(1));
        take("yz" + longest + "\nnext\n");
        assertEquals(List.of(longest.substring(1) + "y", "z" + longest.substring(1), "x", "next"), lines);
    }

    @Test
    void whatHasNoNewlineIsALineAtTheEnd() {
        take("one\nlast words");
        cutter.end();
        cutter.end();
        assertEquals(List.of("one", "last words"), lines);
    }

    private void take(String text) {
        cutter.take(text.getBytes(StandardCharsets.UTF_8));
    }
}
