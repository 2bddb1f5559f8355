package dev.reeve.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTimeTest {
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final DateTimeFormatter NANOSECONDS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    @Test
    void timesAreWrittenAndReadAsJavaDoes() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        long first = Instant.parse("-0002-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("+10001-01-01T00:00:00Z").getEpochSecond();
        for (int i = 0; i < 20_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(first, last), random.nextInt(1_000_000_000));
            assertEquals(MILLISECONDS.format(time), JsonTime.format(time));
            assertEquals(NANOSECONDS.format(time), JsonTime.formatExactly(time));
            assertEquals(time, read(JsonTime.formatExactly(time)));
            assertEquals(Instant.parse(JsonTime.format(time)), read(JsonTime.format(time)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00.000Z",
                "2024-02-29T23:59:59.999999999Z",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00.5Z",
                "2026-01-01T24:00:00.000Z",
                "2026-12-31T23:59:60.000Z",
                "2026-01-01T01:00:00.000+01:00",
                "2026-01-01T00:00:00.012345678Z"
            })
    void whatJavaReadsIsRead(String text) throws IOException {
        assertEquals(Instant.parse(text), read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "yesterday",
                "2026-02-29T00:00:00.000Z",
                "2026-13-01T00:00:00.000Z",
                "2026-01-01T25:00:00.000Z",
                "2026-01-01T00:60:00.000Z",
                "2026-01-01T00:00:00.000",
                "2026-01-01T00:00:00.0000000001Z",
                "2026-01-01 00:00:00.000Z",
                "2026-01-01T00:00:00.٠٠٠Z"
            })
    void theRestIsRefused(String text) {
        assertThrows(Json.Unfit.class, () -> read(text));
    }

    private static Instant read(String text) throws IOException {
        try (JsonParser json = new JsonFactory().createParser("\"" + text + "\"")) {
            json.nextToken();
            return JsonTime.read(json, "at");
        }
    }
}
