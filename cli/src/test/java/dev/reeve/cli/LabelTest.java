package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LabelTest {

    @Test
    void aLongNameKeepsItsBeginningAndItsEnd() {
        assertEquals("short", Label.shortened("short", 5));
        assertEquals("abc…ij", Label.shortened("abcdefghij", 6));
        assertEquals("ab…ij", Label.shortened("abcdefghij", 5));
        assertEquals("a…", Label.shortened("abcdefghij", 2));
    }

    @Test
    void charactersAreCountedAndNotCutInTwo() {
        String notes = "\ud834\udd1e".repeat(10);

        assertEquals(10, Label.width(notes));
        assertEquals("\ud834\udd1e".repeat(2) + "…" + "\ud834\udd1e".repeat(2), Label.shortened(notes, 5));
    }

    @Test
    void aPaddedNameIsAsWideAsItsColumn() {
        assertEquals("ab  ", Label.padded("ab", 4));
        assertEquals("abcde", Label.padded("abcde", 4));
    }
}
