package dev.reeve.cli.s6;

import java.time.Instant;

/// A TAI64N label, `@` and 24 hexadecimal digits, as s6 writes it: it counts leap seconds
/// (<https://cr.yp.to/libtai/tai64.html>).
final class TaiLabel {
    private static final long EPOCH = 1L << 62;

    /// How far TAI is ahead of unix time since 2017.
    private static final int LEAP_SECONDS = 37;

    private TaiLabel() {}

    static String of(Instant time) {
        return String.format("@%016x%08x", EPOCH + LEAP_SECONDS + time.getEpochSecond(), time.getNano());
    }
}
