package dev.reeve.protocol;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/// Points in time as the protocol writes them: UTC, always with three digits of a second's fraction, or nine where
/// it is exact.
final class JsonTime {

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final DateTimeFormatter NANOSECONDS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    private JsonTime() {}

    static String format(Instant instant) {
        return MILLISECONDS.format(instant);
    }

    static String formatExactly(Instant instant) {
        return NANOSECONDS.format(instant);
    }

    static Instant read(JsonParser json, String field) throws IOException {
        String text = Json.string(json, field);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Json.Unfit(
                    field + ": expected a time such as 2026-01-01T00:00:00.000Z, got " + Json.quoted(text));
        }
    }
}
