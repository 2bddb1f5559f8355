package dev.reeve.daemon.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.EpollLoop;
import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.log.NotedLog;
import dev.reeve.daemon.service.Moment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Results come home, whatever happens on the way: real threads, a real loop, and an eventfd that fails.
class SpawnerThreadsKernelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Kernel kernel = new LinuxKernel();
    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private final List<String> delivered = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    @Test
    void resultsComeHomeThoughTheLoopCouldNotBeWokenAtFirst() throws ErrnoException {
        AtomicInteger failuresLeft = new AtomicInteger(3);
        try (EpollLoop loop = loop()) {
            SpawnerThreads spawners = new SpawnerThreads(whoseWakeUpFails(failuresLeft), loop, new NotedLog(log));
            spawners.submit(errand(() -> delivered.add("late")), now());

            awaitWokenBy(loop, () -> !delivered.isEmpty());
        }
        assertEquals(List.of("late"), delivered);
        assertTrue(failuresLeft.get() <= 0);
        assertEquals(1, log.size(), log::toString);
    }

    @Test
    void whatAnErrandMentionsIsHeardWhileItIsOut() throws ErrnoException {
        try (EpollLoop loop = loop()) {
            SpawnerThreads spawners = new SpawnerThreads(kernel, loop, new NotedLog(log));
            CountDownLatch heard = new CountDownLatch(1);
            Errand hung = hung(heard);
            spawners.submit(
                    new Errand() {
                        @Override
                        public Runnable run() {
                            spawners.mention(() -> {
                                delivered.add("mentioned");
                                heard.countDown();
                            });
                            return hung.run();
                        }

                        @Override
                        public void failed(Throwable cause) {
                            hung.failed(cause);
                        }
                    },
                    now());
            awaitOn(loop, spawners, () -> delivered.size() == 2);
        }
        assertEquals(List.of("mentioned", "what a disk kept"), delivered);
    }

    @Test
    void moreResultsThanOneTurnTakesAllComeHome() throws ErrnoException {
        try (EpollLoop loop = loop()) {
            SpawnerThreads spawners = new SpawnerThreads(kernel, loop, new NotedLog(log));
            for (int i = 0; i < 2_000; i++) {
                String name = Integer.toString(i);
                spawners.submit(errand(() -> delivered.add(name)), now());
            }
            awaitOn(loop, spawners, () -> delivered.size() == 2_000);
        }
        assertEquals(List.of(), List.copyOf(log));
    }

    @Test
    void whatHasComeHomeIsTakenThoughTheLoopHasNotHeardOfIt() throws ErrnoException {
        try (EpollLoop loop = loop()) {
            SpawnerThreads spawners = new SpawnerThreads(kernel, loop, new NotedLog(log));
            spawners.submit(errand(() -> delivered.add("unheard")), now());
            Awaitility.await().pollInSameThread().atMost(PATIENCE).until(() -> {
                spawners.check(now());
                return !delivered.isEmpty();
            });
            spawners.submit(errand(() -> delivered.add("heard")), now());
            awaitWokenBy(loop, () -> delivered.size() == 2);
        }
        assertEquals(List.of("unheard", "heard"), delivered);
    }

    @Test
    void theLoopIsNotWokenForAnErrandThatHasNothingToTell() throws ErrnoException {
        AtomicInteger noFailuresLeft = new AtomicInteger();
        try (EpollLoop loop = loop()) {
            SpawnerThreads spawners = new SpawnerThreads(whoseWakeUpFails(noFailuresLeft), loop, new NotedLog(log));
            for (int i = 0; i < 100; i++) {
                spawners.submit(errand(Errand.NOTHING_TO_TELL), now());
            }
            spawners.submit(errand(() -> delivered.add("something")), now());
            awaitWokenBy(loop, () -> !delivered.isEmpty());
        }
        // Each signal has counted it down.
        assertEquals(-1, noFailuresLeft.get());
    }

    @Test
    void anErrandThatThrowsIsToldSoAndTheNextIsDone() throws ErrnoException {
        try (EpollLoop loop = loop()) {
            SpawnerThreads spawners = new SpawnerThreads(kernel, loop, new NotedLog(log));
            spawners.submit(errand(null), now());
            spawners.submit(errand(() -> delivered.add("next")), now());

            awaitOn(loop, spawners, () -> !delivered.isEmpty());
        }
        assertInstanceOf(OutOfMemoryError.class, failures.getFirst());
    }

    @Test
    void aResultThatThrowsKeepsNoOtherWaiting() throws ErrnoException {
        try (EpollLoop loop = loop()) {
            SpawnerThreads spawners = new SpawnerThreads(kernel, loop, new NotedLog(log));
            spawners.submit(
                    errand(() -> {
                        throw new OutOfMemoryError("as if");
                    }),
                    now());
            spawners.submit(errand(() -> delivered.add("next")), now());

            awaitOn(loop, spawners, () -> !delivered.isEmpty());
        }
        assertEquals(1, log.size(), log::toString);
    }

    @Test
    void whatIsForLaterWaitsForItsMomentAndKeepsNobodyWaiting() throws ErrnoException {
        try (EpollLoop loop = loop()) {
            SpawnerThreads spawners = new SpawnerThreads(kernel, loop, new NotedLog(log));
            Moment now = now();
            Moment due = now.plus(Duration.ofHours(1));
            spawners.submitAside(due.plus(Duration.ofHours(1)), errand(() -> delivered.add("never")), now);
            spawners.submitAside(due, errand(() -> delivered.add("late")), now);
            assertEquals(due, spawners.nextCheck());
            spawners.submitAside(now, errand(() -> delivered.add("at once")), now);
            awaitOn(loop, spawners, () -> !delivered.isEmpty());
            assertEquals(List.of("at once"), delivered);

            spawners.check(due);
            awaitOn(loop, spawners, () -> delivered.size() == 2);
        }
        assertEquals(List.of("at once", "late"), delivered);
    }

    @Test
    void whatIsAsideKeepsNothingElseWaiting() throws ErrnoException {
        CountDownLatch answered = new CountDownLatch(1);
        try (EpollLoop loop = loop()) {
            SpawnerThreads spawners = new SpawnerThreads(kernel, loop, new NotedLog(log));
            Moment now = now();
            spawners.submitAside(now, hung(answered), now);
            spawners.submit(errand(() -> delivered.add("a start")), now);
            awaitOn(loop, spawners, () -> !delivered.isEmpty());
            assertEquals(List.of("a start"), delivered);

            answered.countDown();
            awaitOn(loop, spawners, () -> delivered.size() == 2);
        }
    }

    private Errand hung(CountDownLatch answered) {
        return new Errand() {
            @Override
            public Runnable run() {
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return () -> delivered.add("what a disk kept");
            }

            @Override
            public void failed(Throwable cause) {
                failures.add(cause);
            }
        };
    }

    private static EpollLoop loop() throws ErrnoException {
        return new EpollLoop((handle, cause) -> {
            throw new AssertionError(handle.toString(), cause);
        });
    }

    private void awaitOn(EpollLoop loop, SpawnerThreads spawners, BooleanSupplier condition) {
        Moment giveUp = now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertTrue(now().isBefore(giveUp), "nothing has come home");
            loop.await(Duration.ofMillis(50).toNanos());
            spawners.check(now());
        }
    }

    /// As the loop does while nothing else has it look.
    private void awaitWokenBy(EpollLoop loop, BooleanSupplier condition) {
        Moment giveUp = now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertTrue(now().isBefore(giveUp), "nothing has come home");
            loop.await(Duration.ofMillis(50).toNanos());
        }
    }

    /// Without a result it runs out of memory.
    private Errand errand(@Nullable Runnable result) {
        return new Errand() {
            @Override
            public Runnable run() {
                if (result == null) {
                    throw new OutOfMemoryError("as if");
                }
                return result;
            }

            @Override
            public void failed(Throwable cause) {
                failures.add(cause);
            }
        };
    }

    private Kernel whoseWakeUpFails(AtomicInteger failuresLeft) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (_, method, args) -> {
                    if (method.getName().equals("signalEventfd") && failuresLeft.decrementAndGet() >= 0) {
                        throw new ErrnoException("write", Errno.EIO);
                    }
                    try {
                        return method.invoke(kernel, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Moment now() {
        return new Moment(kernel.monotonicNanos());
    }
}
