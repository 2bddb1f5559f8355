package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StatusTest {
    private static final Instant CAME_UP = Instant.ofEpochSecond(0x6b01bfceL - 37, 0x10c425ef);
    private static final Instant BECAME_READY = CAME_UP.plusNanos(1);

    @Test
    void eachFieldIsWhereS6ReadsIt() {
        Status status = new Status(CAME_UP, BECAME_READY, 0x10203, 0x100, true, false, true, true);

        assertEquals(
                "400000006b01bfce10c425ef" + "400000006b01bfce10c425f0" + "0000000000010203" + "0100" + "0d",
                HexFormat.of().formatHex(status.bytes()));
    }

    @Test
    void eachFlagIsABitOfItsOwn() {
        assertEquals(0, flags(false, false, false, false));
        assertEquals(1, flags(true, false, false, false));
        assertEquals(2, flags(false, true, false, false));
        assertEquals(4, flags(false, false, true, false));
        assertEquals(8, flags(false, false, false, true));
    }

    private static int flags(boolean paused, boolean finishing, boolean wantedUp, boolean ready) {
        return new Status(CAME_UP, BECAME_READY, 0, 0, paused, finishing, wantedUp, ready).bytes()[Status.SIZE - 1];
    }
}
