package dev.reeve.daemon.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DaemonLogTest {
    private final List<String> taken = new CopyOnWriteArrayList<>();

    @Test
    void whatIsSaidComesToTheSinkInItsOrder() {
        try (DaemonLog log = new DaemonLog(taken::addAll)) {
            log.info("one");
            log.warning("two");
            log.audit("three");
        }
        assertEquals(List.of("reeved: info: one", "reeved: warning: two", "reeved: info: audit: three"), taken);
    }

    @Test
    void aSinkThatWaitsKeepsNobodyWaitingAndWhatItHasNoRoomForIsCounted() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        LogSink slow = messages -> {
            entered.countDown();
            awaitQuietly(released);
            taken.addAll(messages);
        };
        try (DaemonLog log = new DaemonLog(slow)) {
            log.audit("first");
            entered.await();
            for (int i = 0; i < 1_005; i++) {
                log.audit("later");
            }
            released.countDown();
        }
        assertEquals(1 + 1_000 + 1, taken.size());
        assertEquals("reeved: warning: 5 messages were dropped because nobody read them", taken.getLast());
    }

    @Test
    void aSinkIsCalledAgainWhenItWantsToBe() {
        AtomicInteger calls = new AtomicInteger();
        LogSink patient = new LogSink() {
            @Override
            public void write(List<String> messages) {
                calls.incrementAndGet();
            }

            @Override
            public long againInNanos() {
                return calls.get() < 3 ? TimeUnit.MILLISECONDS.toNanos(1) : NEVER;
            }
        };
        try (DaemonLog _ = new DaemonLog(patient)) {
            await().until(() -> calls.get() == 3);
        }
        assertEquals(4, calls.get(), "the last call at the end included");
    }

    @Test
    void aSinkIsCalledWhenItIsWoken() {
        AtomicInteger calls = new AtomicInteger();
        try (DaemonLog log = new DaemonLog(_ -> calls.incrementAndGet())) {
            log.wakeSink();
            await().until(() -> calls.get() == 1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
