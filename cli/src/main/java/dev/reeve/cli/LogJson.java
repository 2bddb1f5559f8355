package dev.reeve.cli;

import dev.reeve.protocol.ProtocolCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/// Lines for programs, an object each: `service`, null where the log is everybody's; `line`; `at` in UTC if the
/// line begins with a stamp, which then is no part of `line`. `raw` takes no stamp for one.
record LogJson(@Nullable String service, TaiClock clock, ZoneId zone, boolean raw) implements LogFormat {
    private static final DateTimeFormatter NANOSECONDS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    @Override
    public void append(byte[] bytes, int offset, int length, ByteArrayOutputStream to) {
        LineStamp stamp = raw ? null : LineStamp.read(bytes, offset, length, clock, zone);
        int begin = stamp == null ? 0 : stamp.length();
        String line = new String(bytes, offset + begin, length - begin, StandardCharsets.UTF_8);
        String at = stamp == null ? "" : ",\"at\":\"" + NANOSECONDS.format(stamp.at()) + "\"";
        String object =
                "{\"service\":" + (service == null ? "null" : text(service)) + ",\"line\":" + text(line) + at + "}\n";
        to.writeBytes(object.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String value) {
        return new String(ProtocolCodec.encode(value), StandardCharsets.UTF_8).stripTrailing();
    }
}
