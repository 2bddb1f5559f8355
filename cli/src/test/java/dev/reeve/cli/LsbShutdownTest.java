package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.cli.LsbShutdown.Unreadable;
import dev.reeve.protocol.HowToEnd;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The words of shutdown(8).
class LsbShutdownTest {
    private static final LocalTime NOON = LocalTime.of(12, 0);

    @ParameterizedTest
    @CsvSource({
        "-h now, POWEROFF",
        "-P now, POWEROFF",
        "-H now, HALT",
        "-hH now, HALT",
        "-H -h now, HALT",
        "-hP now, POWEROFF",
        "-r now, REBOOT",
        "-r -f now, REBOOT",
        "-Fr now, REBOOT",
        "-c, CANCEL",
        "-c never mind, CANCEL",
    })
    void sayWhatComesAfterIt(String words, HowToEnd how) throws Unreadable {
        assertEquals(Optional.of(how), read(words).how());
    }

    @ParameterizedTest
    @CsvSource({
        "now, 0",
        "+5, 300",
        "5, 300",
        "+0, 0",
        "12:30, 1800",
        "12:00, 0",
        "11:59, 86340",
        "9:05, 75900",
    })
    void sayWhen(String when, long seconds) throws Unreadable {
        assertEquals(Duration.ofSeconds(seconds), read("-r " + when).after());
    }

    @Test
    void sayTheRest() throws Unreadable {
        LsbShutdown order = read("-a -t 9 -r +1 a new kernel -- really");
        assertTrue(order.byThoseAllowed());
        assertEquals(Optional.of(Duration.ofSeconds(9)), order.grace());
        assertEquals("a new kernel really", order.message());
        assertEquals(Optional.of(Duration.ofSeconds(9)), read("-t9 -r now").grace());
        assertEquals(Optional.of(Duration.ofMinutes(5)), read("-t 99999 -r now").grace());
        assertEquals(Optional.empty(), read("-k -r now").how());
        assertEquals(Optional.empty(), read("-k +3").how());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-r", "-h", "now", "-x now", "-r -h now", "-r soon", "-r 24:00", "-r 12:60", "-t x -r now"})
    void thatSayNothingAreNotGuessedAt(String words) {
        assertTrue(
                assertThrows(Unreadable.class, () -> read(words)).getMessage().contains("usage: shutdown"));
    }

    @Test
    void areToldApartFromReevesOwn() {
        assertFalse(LsbShutdown.isMeantBy(List.of()));
        assertFalse(LsbShutdown.isMeantBy(List.of("--wait", "--timeout", "5s")));
        assertFalse(LsbShutdown.isMeantBy(List.of("-h")));
        assertFalse(LsbShutdown.isMeantBy(List.of("now")));
        assertTrue(LsbShutdown.isMeantBy(List.of("-h", "now")));
        assertTrue(LsbShutdown.isMeantBy(List.of("-c")));
    }

    @Test
    void warnThoseWhoAreLoggedIn() throws Unreadable {
        assertEquals(
                "\007\r\nThis machine reboots in 5 minutes.\r\na ?[2J new kernel\r\n",
                LsbShutdownCall.warning(LsbShutdown.read(List.of("-r", "+5", "a", "\033[2J", "new", "kernel"), NOON)));
        assertEquals("\007\r\nThis machine is switched off now.\r\n", LsbShutdownCall.warning(read("-h now")));
        assertEquals("\007\r\nThe shutdown of this machine is cancelled.\r\n", LsbShutdownCall.warning(read("-c")));
        assertEquals("\007\r\nThis machine would end now.\r\n", LsbShutdownCall.warning(read("-k now")));
    }

    private static LsbShutdown read(String words) throws Unreadable {
        return LsbShutdown.read(List.of(words.split(" ")), NOON);
    }
}
