package dev.reeve.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.benchmarks.peers.Watchdog.Missing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    @Test
    void whatHangsIsGivenUpWhenTheRunsTimeIsOverAndNothingBegunAfterIt() {
        try (Watchdog watchdog = new Watchdog(Duration.ofMillis(50))) {
            assertFalse(watchdog.bounded("hangs", () -> new CountDownLatch(1).await()));
            assertFalse(watchdog.hasTime());
            assertFalse(watchdog.bounded("comes later", () -> {
                throw new AssertionError("there was no time left");
            }));

            assertEquals(
                    List.of("hangs", "comes later"),
                    watchdog.missing().stream().map(Missing::what).toList());
            assertFalse(Thread.interrupted());
        }
    }

    @Test
    void whatFailsIsMissingAndTheRestGoesOn() {
        try (Watchdog watchdog = new Watchdog(Duration.ofMinutes(1))) {
            assertFalse(watchdog.bounded("fails", () -> {
                throw new IOException("it ended at once");
            }));
            assertTrue(watchdog.bounded("succeeds", () -> {}));

            assertEquals(List.of(new Missing("fails", "it ended at once")), watchdog.missing());
        }
    }

    @Test
    void whoComplainsOfTheEndOfItsTimeIsGivenUpAllTheSame() {
        try (Watchdog watchdog = new Watchdog(Duration.ofMillis(50))) {
            assertFalse(watchdog.bounded("hangs", () -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IOException("no socket to connect to", e);
                }
            }));

            assertEquals(List.of(new Missing("hangs", "given up after 0:00 min")), watchdog.missing());
        }
    }

    @Test
    void whatCouldNotBeReadOfAStreamIsMissing() {
        try (Watchdog watchdog = new Watchdog(Duration.ofMinutes(1))) {
            assertFalse(watchdog.bounded("reads", () -> {
                throw new UncheckedIOException(new NoSuchFileException("/proc/1/task"));
            }));

            assertEquals(
                    List.of(new Missing("reads", "java.nio.file.NoSuchFileException: /proc/1/task")),
                    watchdog.missing());
        }
    }
}
