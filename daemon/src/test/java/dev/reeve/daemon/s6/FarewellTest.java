package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FarewellTest {
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    @Test
    void nobodyWaitsForThoseWhoseDisksHang() throws InterruptedException {
        CountDownLatch othersAreTold = new CountDownLatch(1_000);
        List<Runnable> deliveries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            deliveries.add(() -> await(othersAreTold));
        }
        for (int i = 0; i < 1_000; i++) {
            deliveries.add(othersAreTold::countDown);
        }
        // Were the first forty waited for, none would ever be done.
        assertEquals(0, new Farewell(deliveries).say(PATIENCE));
    }

    @Test
    void thoseThatWereNotToldAreCounted() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        assertEquals(
                2, new Farewell(List.of(() -> await(never), () -> {}, () -> await(never))).say(Duration.ofSeconds(1)));
        never.countDown();
    }

    @Test
    void anErrorOfOursInOneKeepsNobodyWaiting() throws InterruptedException {
        Runnable broken = () -> {
            throw new IllegalStateException("as if");
        };
        assertEquals(0, new Farewell(List.of(broken, () -> {}, broken)).say(PATIENCE));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
