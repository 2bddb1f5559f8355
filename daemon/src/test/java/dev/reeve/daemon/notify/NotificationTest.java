package dev.reeve.daemon.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationTest {
    @Test
    void saysSeveralThingsALineEach() {
        Notification said = said("READY=1\nSTATUS=Serving 3 clients\nMAINPID=4711");
        assertTrue(said.isReady());
        assertEquals(Optional.of("Serving 3 clients"), said.status());
        assertEquals(OptionalInt.of(4711), said.mainPid());
        assertFalse(said.isReloading());
        assertFalse(said.isStopping());
        assertFalse(said.isBarrier());
    }

    @Test
    void aNewlineOrANulAtTheEndSaysNothing() {
        assertTrue(said("READY=1\n").isReady());
        assertTrue(said("READY=1\0").isReady());
        assertFalse(said("X=1\0\nREADY=1").isReady());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "READY", "READY=", "READY=0", "READY=11", " READY=1", "READY =1", "ready=1", "=1", "\n\n"})
    void whatIsNotQuiteItSaysNothing(String text) {
        assertFalse(said(text).isReady());
    }

    @Test
    void aReloadSaysWhenItBegan() {
        Notification said = said("RELOADING=1\nMONOTONIC_USEC=1500000");
        assertTrue(said.isReloading());
        assertEquals(Optional.of(Duration.ofMillis(1500)), said.sentAt());
    }

    @Test
    void theEndIsAnnounced() {
        assertTrue(said("STOPPING=1").isStopping());
    }

    @Test
    void aStatusMayHaveEqualsSignsAndBeEmpty() {
        assertEquals(Optional.of("a=b=c"), said("STATUS=a=b=c").status());
        assertEquals(Optional.of(""), said("STATUS=").status());
        assertEquals(Optional.empty(), said("READY=1").status());
    }

    @Test
    void ofTwoTheFirstCounts() {
        assertEquals(Optional.of("one"), said("STATUS=one\nSTATUS=two").status());
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        byte[] bytes = {'S', 'T', 'A', 'T', 'U', 'S', '=', (byte) 0xff};
        assertEquals(Optional.of("\ufffd"), Notification.of(bytes).status());
    }

    @Test
    void theWatchdogIsToldThreeThings() {
        assertTrue(said("WATCHDOG=1").isAlive());
        assertFalse(said("WATCHDOG=1").hasFailed());
        assertTrue(said("WATCHDOG=trigger").hasFailed());
        assertFalse(said("WATCHDOG=trigger").isAlive());
        assertEquals(
                Optional.of(Duration.ofSeconds(20)),
                said("WATCHDOG_USEC=20000000").silenceMax());
    }

    @Test
    void moreTimeIsAskedFor() {
        assertEquals(
                Optional.of(Duration.ofSeconds(2)),
                said("EXTEND_TIMEOUT_USEC=2000000").extension());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.5", "1 ", "0x10", "1234567890123456", "\u0663"})
    void whatIsNoNumberIsNone(String text) {
        assertEquals(Optional.empty(), said("EXTEND_TIMEOUT_USEC=" + text).extension());
        assertEquals(OptionalInt.empty(), said("MAINPID=" + text).mainPid());
    }

    @Test
    void theLargestNumbersAreNumbers() {
        assertEquals(
                Optional.of(Duration.ofSeconds(999_999_999, 999_999_000)),
                said("WATCHDOG_USEC=999999999999999").silenceMax());
        assertEquals(OptionalInt.of(999_999_999), said("MAINPID=999999999").mainPid());
        assertEquals(OptionalInt.empty(), said("MAINPID=4294967297").mainPid());
    }

    @Test
    void descriptorsAreStoredByAName() {
        Notification said = said("FDSTORE=1\nFDNAME=state");
        assertTrue(said.storesDescriptors());
        assertFalse(said.removesDescriptors());
        assertTrue(said.pollsDescriptors());
        assertEquals(Optional.of("state"), said.descriptorName());
        assertFalse(said("FDSTORE=1\nFDPOLL=0").pollsDescriptors());
        assertTrue(said("FDSTOREREMOVE=1\nFDNAME=state").removesDescriptors());
    }

    @Test
    void aNameThatCannotBeHandedOverIsNone() {
        assertEquals(Optional.empty(), said("FDNAME=a:b").descriptorName());
        assertEquals(Optional.empty(), said("FDNAME=a\tb").descriptorName());
        assertEquals(Optional.empty(), said("FDNAME=\u00e4").descriptorName());
        assertEquals(Optional.empty(), said("FDNAME=" + "x".repeat(256)).descriptorName());
        assertEquals(
                Optional.of("x".repeat(255)), said("FDNAME=" + "x".repeat(255)).descriptorName());
    }

    @Test
    void aBarrierIsOne() {
        assertTrue(said("BARRIER=1").isBarrier());
    }

    private static Notification said(String text) {
        return Notification.of(text.getBytes(UTF_8));
    }
}
