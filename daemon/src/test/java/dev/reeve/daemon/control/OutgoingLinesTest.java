package dev.reeve.daemon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutgoingLinesTest {
    private final ClientMemory memory = new ClientMemory(1_000);
    private final OutgoingLines outgoing = new OutgoingLines();

    @Test
    void linesGoInTheirOrderInPiecesOfAnySize() {
        outgoing.add(line("first\n"));
        outgoing.add(line("second\n"));
        outgoing.add(line("third\n"));
        assertEquals("first\nse", take(8));
        assertEquals("cond\nthird\n", take(1_000));
        assertTrue(outgoing.isEmpty());
        assertEquals(0, memory.bytes());
    }

    @Test
    void whatIsCutOffKeepsTheLineThatHasBegun() {
        outgoing.add(line("begun\n"));
        outgoing.add(line("never\n"));
        take(2);
        assertEquals(4, outgoing.dropUnsent());
        outgoing.add(line("goodbye\n"));
        assertEquals("gun\ngoodbye\n", take(100));
        assertEquals(0, memory.bytes());
    }

    @Test
    void whatIsCutOffBetweenLinesKeepsNone() {
        outgoing.add(line("told\n"));
        take(100);
        outgoing.add(line("never\n"));
        assertEquals(0, outgoing.dropUnsent());
        assertTrue(outgoing.isEmpty());
        assertEquals(0, memory.bytes());
    }

    @Test
    void aLineThatManyHaveLiesInMemoryOnce() {
        Line shared = line("x".repeat(900));
        OutgoingLines other = new OutgoingLines();
        outgoing.add(shared);
        long once = memory.bytes();
        other.add(shared);
        assertTrue(memory.bytes() < once + 100, "held: " + memory.bytes());
        assertFalse(memory.isExhausted());
        outgoing.clear();
        assertTrue(memory.bytes() >= 900, "the other still has it");
        other.clear();
        assertEquals(0, memory.bytes());
    }

    private Line line(String text) {
        return new Line(text.getBytes(StandardCharsets.UTF_8), memory);
    }

    private String take(int bytesMax) {
        ByteBuf chunk = outgoing.take(UnpooledByteBufAllocator.DEFAULT, bytesMax);
        try {
            return chunk.toString(StandardCharsets.UTF_8);
        } finally {
            chunk.release();
        }
    }
}
