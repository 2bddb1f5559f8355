package dev.reeve.daemon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineBufferTest {
    private final LineBuffer buffer = new LineBuffer();

    @Test
    void aLineIsTakenOnceItIsWhole() {
        add("one");
        assertFalse(buffer.hasLine());
        assertNull(buffer.nextLine());
        add("\ntwo\n\nthr");
        assertEquals(List.of("one", "two", ""), lines());
        assertEquals(3, buffer.size());
    }

    @Test
    void theMemoryOfALongLineIsGivenBack() {
        add("x".repeat(60_000) + "\n");
        assertTrue(buffer.capacity() >= 60_000);
        assertEquals(60_000, lines().getFirst().length());
        assertTrue(buffer.capacity() < 5_000, "capacity " + buffer.capacity());
    }

    @Test
    void inWhateverPiecesBytesComeTheLinesAreTheSame() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append(random.nextInt(20) == 0 ? '\n' : (char) ('a' + random.nextInt(26)));
        }
        text.append('\n');
        List<String> read = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + random.nextInt(3_000));
            add(text.substring(at, end));
            at = end;
            if (random.nextBoolean()) {
                read.addAll(lines());
            }
        }
        read.addAll(lines());
        String[] expected = text.toString().split("\n", -1);
        assertEquals(Arrays.asList(expected).subList(0, expected.length - 1), read, "-Dseed=" + seed);
        assertEquals(0, buffer.size());
    }

    private void add(String text) {
        ByteBuf data = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        buffer.add(data);
        data.release();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (byte[] line = buffer.nextLine(); line != null; line = buffer.nextLine()) {
            lines.add(new String(line, StandardCharsets.UTF_8));
        }
        return lines;
    }
}
