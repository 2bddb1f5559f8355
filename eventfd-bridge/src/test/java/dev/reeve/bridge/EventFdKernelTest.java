package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EventFdKernelTest {
    private final LinuxKernel kernel = new LinuxKernel();
    private final Told told = new Told();

    @Test
    void severalSignalsAreToldOnce() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            EventFd eventFd = new EventFd(kernel, told);
            running.watch(eventFd);
            eventFd.signal();
            eventFd.signal();
            running.runWhatIsReady();
            assertEquals(List.of("signalled"), told.lines);
            eventFd.signal();
            running.runWhatIsReady();
            assertEquals(List.of("signalled", "signalled"), told.lines);
        }
    }

    @Test
    void aClosedOneTellsNothingAndDisturbsNobodyWhoGotItsNumber() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            EventFd first = new EventFd(kernel, told);
            running.watch(first);
            first.signal();
            first.close();
            EventFd second = new EventFd(kernel, told);
            assertEquals(first.fd(), second.fd());
            running.watch(second);
            first.signal();
            running.runWhatIsReady();
            assertEquals(List.of(), told.lines);
        }
    }

    @Test
    void otherThreadsMaySignalWhileItIsClosed() throws Exception {
        for (int round = 0; round < 200; round++) {
            EventFd closing = new EventFd(kernel, told);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Void> signalling = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    signal(closing);
                }
            });
            closing.close();
            int next = kernel.eventfd();
            assertEquals(closing.fd(), next);
            Thread.onSpinWait();
            enough.set(true);
            signalling.join();
            assertEquals(false, kernel.drainEventfd(next));
            kernel.close(next);
        }
    }

    private static void signal(EventFd eventFd) {
        try {
            eventFd.signal();
        } catch (ErrnoException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void oneThatCannotBeReadIsClosedAndSaysSo() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            EventFd eventFd = new EventFd(FailingKernel.at("drainEventfd", Errno.EIO), told);
            running.watch(eventFd);
            eventFd.signal();
            running.runWhatIsReady();
            assertTrue(eventFd.isClosed());
            assertEquals(Errno.EIO, told.errno());
        }
    }
}
