package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reeve.cli.outside.ClientFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaiClockTest {
    private static final long LAST_LEAP_SECOND = 1_483_228_800;
    private static final long YEAR_2037 = 2_114_380_800;

    @Test
    void aLabelIsTheTimeThatItsLoggerMeans() {
        Instant time = Instant.parse("2026-11-21T14:20:42.494281897Z");

        assertEquals(time, read(TaiClock.LEAP_SECONDS, "@400000006b01a8df1d7624a9 hi"));
        assertEquals(time.minusSeconds(-27), read(TaiClock.TEN_SECONDS, "@400000006b01a8df1d7624a9"));
    }

    @Test
    void theLoggersProgramTellsWhatItMeans() {
        assertEquals(TaiClock.LEAP_SECONDS, TaiClock.of("s6-log"));
        assertEquals(TaiClock.TEN_SECONDS, TaiClock.of("multilog"));
        assertEquals(TaiClock.TEN_SECONDS, TaiClock.of("svlogd"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "@400000006b01a8df1d7624a",
                "400000006b01a8df1d7624a99 hi",
                "@400000006b01a8df1d7624g9 hi",
                "@400000006B01A8DF1D7624A9 hi",
                "@4000000 6b01a8df1d7624a9",
                "@ffffffffffffffffffffffff",
                "@000000006b01a8df1d7624a9",
                "@4fffffff6b01a8df1d7624a9",
                "@400000006b01a8dfffffffff"
            })
    void whatIsNoLabelIsNotTakenForOne(String line) {
        assertNull(read(TaiClock.LEAP_SECONDS, line));
    }

    @Test
    void linesAreShownAsS6Tai64nlocalShowsThem() throws Exception {
        Path program = Path.of("/usr/bin/s6-tai64nlocal");
        Assumptions.assumeTrue(Files.isExecutable(program), "s6-tai64nlocal is not installed: apt-get install s6");
        Random random = new Random(64);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            long seconds = random.nextLong(LAST_LEAP_SECOND, YEAR_2037);
            lines.append("@%016x%08x ".formatted((1L << 62) + 37 + seconds, random.nextInt(1_000_000_000)))
                    .append(i)
                    .append('\n');
        }

        assertEquals(filtered(program, lines.toString()), shown(lines.toString(), ZoneOffset.UTC));
    }

    private static String shown(String lines, ZoneId zone) throws ClientFailure {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        LogText text = new LogText("", TaiClock.LEAP_SECONDS, zone, false, false);
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        new LogLines((line, offset, length) -> text.append(line, offset, length, shown)).take(bytes, 0, bytes.length);
        return shown.toString(StandardCharsets.UTF_8);
    }

    private static String filtered(Path program, String input) throws IOException {
        Path file = Files.createTempFile("labels", null);
        try {
            Files.writeString(file, input);
            ProcessBuilder builder = new ProcessBuilder(program.toString()).redirectInput(file.toFile());
            builder.environment().put("TZ", "UTC");
            return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            Files.delete(file);
        }
    }

    private static @Nullable Instant read(TaiClock clock, String line) {
        byte[] bytes = ("before" + line).getBytes(StandardCharsets.UTF_8);
        return clock.read(bytes, 6, bytes.length - 6);
    }
}
