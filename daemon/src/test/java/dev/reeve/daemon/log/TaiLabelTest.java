package dev.reeve.daemon.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TaiLabelTest {
    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06.000000789Z");

    @Test
    void taiIs37SecondsAhead() {
        long seconds = 0x4000000000000000L + TIME.getEpochSecond() + 37;
        assertEquals("@" + Long.toHexString(seconds) + "00000315", TaiLabel.text(TIME));
    }
}
