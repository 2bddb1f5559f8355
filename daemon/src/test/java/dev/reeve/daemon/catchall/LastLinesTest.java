package dev.reeve.daemon.catchall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastLinesTest {
    private final LastLines lines = new LastLines();

    @Test
    void whatWasAddedIsTakenInItsOrder() {
        lines.add("one");
        lines.add("two");
        assertEquals("one", lines.peek());
        assertEquals(List.of("one", "two"), takeAll());
        assertNull(lines.peek());
    }

    @Test
    void ofTooManyTheOldestGoAndTheirNumberIsToldBeforeTheOthers() {
        for (int i = 0; i < LastLines.LINES_MAX + 7; i++) {
            lines.add("line " + i);
        }
        List<String> taken = takeAll();
        assertTrue(taken.getFirst().contains(" 7 lines "), taken.getFirst());
        assertEquals("line 7", taken.get(1));
        assertEquals("line " + (LastLines.LINES_MAX + 6), taken.getLast());
        assertEquals(1 + LastLines.LINES_MAX, taken.size());
    }

    private List<String> takeAll() {
        List<String> taken = new ArrayList<>();
        for (String line = lines.peek(); line != null; line = lines.peek()) {
            taken.add(line);
            lines.taken();
        }
        return taken;
    }
}
