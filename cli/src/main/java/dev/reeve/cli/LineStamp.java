package dev.reeve.cli;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// When a line was logged, as its beginning says, and how many bytes of it say so.
record LineStamp(Instant at, int length) {

    /// s6-log's `T`: local time and two blanks.
    private static final DateTimeFormatter LOCAL_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.nnnnnnnnn");

    private static final int LOCAL_TIME_LENGTH = 29;

    /// Null if the line does not begin with a stamp.
    static @Nullable LineStamp read(byte[] bytes, int offset, int length, TaiClock clock, ZoneId zone) {
        Instant at = clock.read(bytes, offset, length);
        if (at != null) {
            boolean isFollowedByBlank = length > TaiClock.LABEL_LENGTH && bytes[offset + TaiClock.LABEL_LENGTH] == ' ';
            return new LineStamp(at, TaiClock.LABEL_LENGTH + (isFollowedByBlank ? 1 : 0));
        }
        boolean isLocalTime = length >= LOCAL_TIME_LENGTH + 2
                && bytes[offset + 4] == '-'
                && bytes[offset + LOCAL_TIME_LENGTH] == ' '
                && bytes[offset + LOCAL_TIME_LENGTH + 1] == ' ';
        if (!isLocalTime) {
            return null;
        }
        try {
            String text = new String(bytes, offset, LOCAL_TIME_LENGTH, StandardCharsets.ISO_8859_1);
            return new LineStamp(
                    LocalDateTime.parse(text, LOCAL_TIME).atZone(zone).toInstant(), LOCAL_TIME_LENGTH + 2);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
