package dev.reeve.daemon.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void ordinaryWordsStayAsTheyAre() {
        assertEquals("service grüße/日本/😀: it died", Printable.of("service grüße/日本/😀: it died"));
    }

    @Test
    void oneLineStaysOneLine() {
        assertEquals("a\\nreeved: info: all is well", Printable.of("a\nreeved: info: all is well"));
        assertEquals("a\\r\\tb\\u2028c\\u0085d", Printable.of("a\r\tb\u2028c\u0085d"));
    }

    @Test
    void nothingReachesTheTerminalThatItWouldObey() {
        assertEquals("\\u001b[2J\\u007f\\u202e\\u0000", Printable.of("\u001b[2J\u007f\u202e\0"));
        assertEquals("\\ud800", Printable.of("\ud800"));
    }

    @Test
    void anEndlessTextIsCut() {
        assertEquals(2_001, Printable.of("x".repeat(1_000_000)).length());
        assertEquals("😀".repeat(2_000) + "…", Printable.of("😀".repeat(2_001)));
    }

    @Test
    void whatIsJustNotTooLongIsWhole() {
        assertEquals("x".repeat(2_000), Printable.of("x".repeat(2_000)));
        assertEquals("😀".repeat(2_000), Printable.of("😀".repeat(2_000)));
    }
}
