package dev.reeve.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/// Points in time as the protocol writes them: UTC, always with three digits of a second's fraction, or nine where
/// it is exact.
///
/// They are read and written by hand: Java's formatters are interpreters, and in a client that lives for a blink they
/// are interpreted themselves. Of 1,000 services that was half of what the client did.
final class JsonTime {
    private static final String SHAPE = "0000-00-00T00:00:00.";
    private static final int YEAR_MAX = 9999;
    private static final byte[] MILLIS_SHAPE = (SHAPE + "000Z").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NANOS_SHAPE = (SHAPE + "000000000Z").getBytes(StandardCharsets.US_ASCII);
    private static final int NANOS_DIGITS = 9;
    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final int HOURS = 24;
    private static final int MINUTES = 60;
    private static final int SECONDS = 60;
    private static final int SECONDS_OF_DAY = HOURS * MINUTES * SECONDS;

    private JsonTime() {}

    static String format(Instant instant) {
        return format(instant, MILLIS_SHAPE, NANOS_OF_MILLI);
    }

    static String formatExactly(Instant instant) {
        return format(instant, NANOS_SHAPE, 1);
    }

    private static String format(Instant instant, byte[] shape, int unitNanos) {
        long second = instant.getEpochSecond();
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_OF_DAY));
        if (day.getYear() < 0 || day.getYear() > YEAR_MAX) {
            return new DateTimeFormatterBuilder()
                    .appendInstant(shape.length - SHAPE.length() - 1)
                    .toFormatter()
                    .format(instant);
        }
        int ofDay = Math.floorMod(second, SECONDS_OF_DAY);
        byte[] text = shape.clone();
        put(text, 4, day.getYear());
        put(text, 7, day.getMonthValue());
        put(text, 10, day.getDayOfMonth());
        put(text, 13, ofDay / SECONDS / MINUTES);
        put(text, 16, ofDay / SECONDS % MINUTES);
        put(text, 19, ofDay % SECONDS);
        put(text, text.length - 1, instant.getNano() / unitNanos);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /// Puts the number where zeros are, so that it ends there.
    private static void put(byte[] text, int end, int number) {
        int rest = number;
        for (int i = end - 1; rest > 0; i--) {
            int tens = rest / 10;
            text[i] = (byte) ('0' + rest - 10 * tens);
            rest = tens;
        }
    }

    /// Read where it lies: to make a string of it and ask that for each character was most of what a client did.
    static Instant read(JsonParser json, String field) throws IOException {
        try {
            Instant instant = json.currentToken() == JsonToken.VALUE_STRING
                    ? parse(json.getTextCharacters(), json.getTextOffset(), json.getTextLength())
                    : null;
            return instant == null ? Instant.parse(Json.string(json, field)) : instant;
        } catch (DateTimeException e) {
            throw new Json.Unfit(field + ": expected a time such as 2026-01-01T00:00:00.000Z, got "
                    + Json.quoted(Json.string(json, field)));
        }
    }

    private static boolean hasShape(char[] text, int from, int length) {
        if (length <= SHAPE.length() + 1 || length > NANOS_SHAPE.length || text[from + length - 1] != 'Z') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            byte expected = NANOS_SHAPE[i];
            char is = text[from + i];
            if (expected == '0' ? is < '0' || is > '9' : is != expected) {
                return false;
            }
        }
        return true;
    }

    /// Null where it has another shape than ours; Java may know it.
    private static @Nullable Instant parse(char[] text, int from, int length) {
        if (!hasShape(text, from, length)) {
            return null;
        }
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        if (hour >= HOURS || minute >= MINUTES || second >= SECONDS) {
            return null;
        }
        long days = LocalDate.of(number(text, from, 4), number(text, from + 5, 2), number(text, from + 8, 2))
                .toEpochDay();
        int digits = length - 1 - SHAPE.length();
        long nanos = number(text, from + SHAPE.length(), digits);
        for (; digits < NANOS_DIGITS; digits++) {
            nanos *= 10;
        }
        return Instant.ofEpochSecond(((days * HOURS + hour) * MINUTES + minute) * SECONDS + second, nanos);
    }

    private static int number(char[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = 10 * number + text[i] - '0';
        }
        return number;
    }
}
