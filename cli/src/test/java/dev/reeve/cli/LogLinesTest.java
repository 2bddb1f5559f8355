package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private final List<String> lines = new ArrayList<>();
    private final LogLines cutter = new LogLines(LogTailTest.into(lines));

    @Test
    void whereverTheBytesAreCutTheLinesAreTheSame() throws Exception {
        String text = "\n\none\ntwo and a half\n\nthree é\nend";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int seed = 0; seed < 200; seed++) {
            lines.clear();
            Random random = new Random(seed);
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, random.nextInt(9));
                cutter.take(bytes, at, length);
                at += length;
            }
            cutter.end();
            cutter.end();
            assertEquals(text.lines().toList(), lines, "seed " + seed);
        }
    }

    @Test
    void aLineThatIsTooLongIsCut() throws Exception {
        byte[] half = "x".repeat(LogLines.LINE_BYTES_MAX / 2).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 5; i++) {
            cutter.take(half, 0, half.length);
        }
        cutter.take("\nnext\n".getBytes(StandardCharsets.UTF_8), 0, 6);

        assertEquals(
                List.of(2 * half.length, 2 * half.length, half.length, 4),
                lines.stream().map(String::length).toList());
    }
}
