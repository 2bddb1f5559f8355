package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.Signal;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DeathTest {
    /// As an s6-supervise of Debian wrote them.
    @Test
    void itIsWrittenAsS6WritesIt() {
        assertEquals("400000006b01d65530ad09088909", bytes(new Killed(Signal.KILL)));
        assertEquals("400000006b01d65530ad09080300", bytes(new Exited(3)));
    }

    private static String bytes(ExitStatus exit) {
        Instant at = Instant.ofEpochSecond(0x6b01d655L - 37, 0x30ad0908);
        return HexFormat.of().formatHex(new Death(at, exit).bytes());
    }
}
