package dev.reeve.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a logger means by the TAI64N labels that it writes, `@` and 24 hexadecimal digits: 2^62 and the seconds
/// of TAI in the first 16, nanoseconds in the rest (<https://cr.yp.to/libtai/tai64.html>).
///
/// Not all loggers agree how many seconds TAI is ahead of the clock that tells unix time.
enum TaiClock {
    /// s6-log counts leap seconds: 10 before 1972 and 27 since, the last at the end of 2016
    /// (<https://hpiers.obspm.fr/iers/bul/bulc/Leap_Second.dat>). Labels from before 2017 are shown some
    /// seconds early.
    LEAP_SECONDS(37),

    /// multilog and svlogd add the 10 and leave the leap seconds to the system's clock, which counts none.
    TEN_SECONDS(10);

    /// `@` and the digits.
    static final int LABEL_LENGTH = 25;

    private static final int SECONDS_DIGITS = 16;
    private static final long EPOCH = 1L << 62;

    /// Some 2,000 years: what is later is no time, but something that looks like a label.
    private static final long SECONDS_MAX = 1L << 36;

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final int ahead;

    TaiClock(int ahead) {
        this.ahead = ahead;
    }

    /// The clock of this program, by the name of its process.
    static TaiClock of(String program) {
        return program.equals("multilog") || program.equals("svlogd") ? TEN_SECONDS : LEAP_SECONDS;
    }

    /// When the line that begins at `offset` was written, or null if it does not begin with a label.
    @Nullable
    Instant read(byte[] bytes, int offset, int length) {
        if (length < LABEL_LENGTH || bytes[offset] != '@') {
            return null;
        }
        long seconds = hexadecimal(bytes, offset + 1, SECONDS_DIGITS) - EPOCH - ahead;
        long nanos = hexadecimal(bytes, offset + 1 + SECONDS_DIGITS, LABEL_LENGTH - 1 - SECONDS_DIGITS);
        boolean isTime = seconds >= 0 && seconds < SECONDS_MAX && nanos >= 0 && nanos < NANOS_PER_SECOND;
        return isTime ? Instant.ofEpochSecond(seconds, nanos) : null;
    }

    /// The number, or one below zero if these are not all digits.
    private static long hexadecimal(byte[] bytes, int offset, int digits) {
        long number = 0;
        for (int i = offset; i < offset + digits; i++) {
            int digit = bytes[i] >= 'a' ? bytes[i] - 'a' + 10 : bytes[i] - '0';
            if (digit < 0 || digit > 15 || (digit > 9 && bytes[i] < 'a')) {
                return Long.MIN_VALUE >> 1;
            }
            number = number << 4 | digit;
        }
        return number;
    }
}
