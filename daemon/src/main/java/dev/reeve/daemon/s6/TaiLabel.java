package dev.reeve.daemon.s6;

import java.nio.ByteBuffer;
import java.time.Instant;

/// A moment as s6 writes it: 12 bytes, big-endian, of TAI64N (<https://cr.yp.to/libtai/tai64.html>).
final class TaiLabel {
    static final int SIZE = 12;

    private static final long TAI64_EPOCH = 1L << 62;

    /// How far TAI is ahead of unix time since 2017, as s6 counts it.
    private static final int LEAP_SECONDS = 37;

    private TaiLabel() {}

    static void put(ByteBuffer bytes, Instant time) {
        bytes.putLong(TAI64_EPOCH + LEAP_SECONDS + time.getEpochSecond()).putInt(time.getNano());
    }
}
