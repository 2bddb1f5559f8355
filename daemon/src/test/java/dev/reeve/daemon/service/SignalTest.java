package dev.reeve.daemon.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {

    @ParameterizedTest
    @CsvSource({
        "TERM, 15", "SIGTERM, 15", "sigterm, 15", "term, 15", "15, 15", "HUP, 1", "USR1, 10", "USR2, 12", "CHLD, 17",
        "CONT, 18", "WINCH, 28", "PWR, 30", "SYS, 31", "1, 1", "64, 64", "RTMIN, 34", "SIGRTMIN+3, 37", "rtmin+30, 64"
    })
    void aSignalIsNamedWithOrWithoutSigOrByItsNumber(String text, int number) {
        assertEquals(Optional.of(new Signal(number)), Signal.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "SIG", "0", "65", "-1", "+15", "015x", "SIGSIGTERM", "TERM ", "RTMIN+31", "RTMIN-1", "RTMIN+"
            })
    void whatIsNoSignalIsRefused(String text) {
        assertEquals(Optional.empty(), Signal.parse(text));
    }

    @Test
    void everySignalCanBeReadAsItIsWritten() {
        for (int number = 1; number <= 64; number++) {
            Signal signal = new Signal(number);
            // 32 and 33 are the C library's own, and have no name.
            String written = number == 32 || number == 33 ? Integer.toString(number) : signal.toString();
            assertEquals(Optional.of(signal), Signal.parse(written));
        }
        assertEquals("SIGTERM", Signal.TERM.toString());
        assertEquals("SIGRTMIN+3", new Signal(37).toString());
    }
}
