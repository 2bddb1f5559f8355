package dev.reeve.daemon.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"redis", "getty@tty1", "a", "with space", "smörgås", "-x", "a.b", "CAPS_1"})
    void oneWordOfAPathIsAName(String text) {
        assertTrue(ServiceName.isValid(text));
        assertEquals(text, new ServiceName(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".hidden", "a/b", "/", "two\nlines", "nul\0", "del\u007f", "c1\u0085"})
    void whatIsNotIsRefused(String text) {
        assertFalse(ServiceName.isValid(text));
        assertThrows(IllegalArgumentException.class, () -> new ServiceName(text));
    }

    @Test
    void itsLengthIsCountedInBytes() {
        assertTrue(ServiceName.isValid("n".repeat(255)));
        assertFalse(ServiceName.isValid("n".repeat(256)));
        assertTrue(ServiceName.isValid("ö".repeat(127)));
        assertFalse(ServiceName.isValid("ö".repeat(128)));
    }

    @Test
    void namesAreInTheOrderOfTheirLetters() {
        List<ServiceName> names = List.of(new ServiceName("b"), new ServiceName("a10"), new ServiceName("a2"));
        assertEquals("[a10, a2, b]", new TreeSet<>(names).toString());
    }
}
