package dev.reeve.daemon.log;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;

/// A moment as s6 writes it, in TAI64N (<https://cr.yp.to/libtai/tai64.html>): 12 bytes, big-endian, or an at-sign and
/// their 24 hexadecimal digits before a line of a log.
public final class TaiLabel {
    public static final int SIZE = 12;

    private static final long TAI64_EPOCH = 1L << 62;

    /// How far TAI is ahead of unix time since 2017, as s6 counts it.
    private static final int LEAP_SECONDS = 37;

    private TaiLabel() {}

    public static void put(ByteBuffer bytes, Instant time) {
        bytes.putLong(TAI64_EPOCH + LEAP_SECONDS + time.getEpochSecond()).putInt(time.getNano());
    }

    /// As text: `@400000006921…`.
    public static String text(Instant time) {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE);
        put(bytes, time);
        return "@" + HexFormat.of().formatHex(bytes.array());
    }
}
