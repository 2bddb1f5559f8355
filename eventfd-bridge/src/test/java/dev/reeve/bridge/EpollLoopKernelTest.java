package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EpollLoopKernelTest {
    private final LinuxKernel kernel = new LinuxKernel();

    /// Runs something whenever its eventfd is readable, and leaves it readable unless that drains it.
    private final class Probe extends KernelFd {
        private final Runnable action;
        private int calls;

        Probe(Runnable action) throws ErrnoException {
            super(EpollLoopKernelTest.this.kernel, EpollLoopKernelTest.this.kernel.eventfd());
            this.action = action;
            kernel.signalEventfd(fd());
        }

        @Override
        public void onReadable() {
            calls++;
            action.run();
        }
    }

    @Test
    void aHandleThatLeavesSomethingUnreadIsCalledAgain() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Probe probe = new Probe(() -> {});
            running.watch(probe);
            running.runUntil(() -> probe.calls >= 3);
        }
    }

    @Test
    void aHandleThatThrowsKeepsNobodyWaitingAndIsTold() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            RuntimeException bug = new IllegalStateException("on purpose");
            Probe throwing = new Probe(() -> {
                throw bug;
            });
            Probe other = new Probe(() -> {});
            running.watch(throwing);
            running.watch(other);
            long before = System.nanoTime();
            running.runUntil(() -> throwing.calls >= 20 && other.calls >= 20);
            assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(10), "Netty sleeps a second for each");
            assertEquals(throwing.calls, running.bugs.size());
            assertEquals(bug, running.bugs.getFirst());
            assertFalse(throwing.isClosed());
            running.bugs.clear();
        }
    }

    @Test
    void anErrorIsABugLikeAnyOtherEvenIfTellingItFails() throws Exception {
        List<KernelFd> told = new ArrayList<>();
        EpollLoop loop = new EpollLoop((handle, bug) -> {
            told.add(handle);
            throw new AssertionError("cannot be told");
        });
        Probe probe = new Probe(() -> {
            throw new StackOverflowError("on purpose");
        });
        loop.watch(probe);
        loop.await(Long.MAX_VALUE);
        assertEquals(List.of(probe), told);
        loop.close();
    }

    @Test
    void aHandleThatClosesAnotherOneOfTheSameBatchIsTheLastToBeCalled() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            List<Probe> probes = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                probes.add(new Probe(() -> probes.forEach(KernelFd::close)));
            }
            for (Probe probe : probes) {
                running.watch(probe);
            }
            running.runWhatIsReady();
            assertEquals(1, probes.stream().mapToInt(probe -> probe.calls).sum());
        }
    }

    @Test
    void aDescriptorThatIsOpenedAgainBelongsToItsNewHandle() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Probe first = new Probe(() -> {});
            running.watch(first);
            running.runUntil(() -> first.calls > 0);
            int fd = first.fd();
            first.close();
            int callsOfFirst = first.calls;
            Probe second = new Probe(() -> {});
            assertEquals(fd, second.fd());
            running.watch(second);
            running.runUntil(() -> second.calls > 0);
            assertEquals(callsOfFirst, first.calls);
        }
    }

    @Test
    void aHandleMayBeWatchedFromWithinACallback() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Probe later = new Probe(() -> {});
            List<Probe> first = new ArrayList<>();
            first.add(new Probe(() -> {
                first.getFirst().close();
                watch(running, later);
            }));
            running.watch(first.getFirst());
            running.runUntil(() -> later.calls > 0);
        }
    }

    private static void watch(RunningLoop running, KernelFd handle) {
        try {
            running.watch(handle);
        } catch (ErrnoException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void awaitingForEverIsEndedByAnotherThreadsEventfd() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Thread loopThread = Thread.currentThread();
            Told told = new Told();
            EventFd wakeUp = new EventFd(kernel, told);
            running.watch(wakeUp);
            CompletableFuture<Void> signalled = CompletableFuture.runAsync(() -> {
                while (loopThread.getState() != Thread.State.RUNNABLE) {
                    Thread.onSpinWait();
                }
                signal(wakeUp);
            });
            while (told.lines.isEmpty()) {
                running.loop.await(Long.MAX_VALUE);
            }
            signalled.join();
            assertEquals(List.of("signalled"), told.lines);
        }
    }

    private static void signal(EventFd wakeUp) {
        try {
            wakeUp.signal();
        } catch (ErrnoException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void awaitingForATimeReturnsAfterwards() {
        try (RunningLoop running = new RunningLoop()) {
            for (long nanos : new long[] {1, 50_000, 1_000_000, 20_000_000}) {
                long before = System.nanoTime();
                running.loop.await(nanos);
                assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(30));
            }
        }
    }

    @Test
    void awaitingForNoTimeReturnsAtOnce() {
        try (RunningLoop running = new RunningLoop()) {
            running.loop.await(0);
            running.loop.await(-1);
        }
    }

    @Test
    void whatEpollRefusesIsToldByItsErrnoAndChangesNothing() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            KernelFd directory = new KernelFd(kernel, LinuxFiles.open(LinuxFiles.AT_FDCWD, "/", Libc.O_RDONLY)) {
                @Override
                public void onReadable() {}
            };
            ErrnoException failure = assertThrows(ErrnoException.class, () -> running.watch(directory));
            assertEquals(Errno.EPERM, failure.errno(), failure.getMessage());
            assertFalse(directory.isClosed());
            int fd = directory.fd();
            directory.close();
            Probe probe = new Probe(() -> {});
            assertEquals(fd, probe.fd());
            running.watch(probe);
            running.runUntil(() -> probe.calls > 0);
        }
    }

    @Test
    void aClosedHandleIsNotWatched() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Probe probe = new Probe(() -> {});
            probe.close();
            assertThrows(IllegalStateException.class, () -> running.watch(probe));
        }
    }

    @Test
    void anotherThreadIsRefused() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Probe probe = new Probe(() -> {});
            CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(() -> watch(running, probe));
            CompletionException failure = assertThrows(CompletionException.class, elsewhere::join);
            assertInstanceOf(IllegalStateException.class, failure.getCause());
            probe.close();
        }
    }

    @Test
    void nettysTasksAndTimersRunWhileAwaiting() {
        try (RunningLoop running = new RunningLoop()) {
            List<String> ran = new ArrayList<>();
            running.loop.netty().execute(() -> ran.add("task"));
            running.loop.await(Long.MAX_VALUE);
            assertEquals(List.of("task"), ran);
            var timer = running.loop.netty().schedule(() -> ran.add("timer"), 5, TimeUnit.MILLISECONDS);
            while (!timer.isDone()) {
                running.loop.await(Long.MAX_VALUE);
            }
            assertEquals(List.of("task", "timer"), ran);
        }
    }

    @Test
    void theEndOfTheLoopIsTheEndOfItsHandlesAndDescriptors() throws Exception {
        new EpollLoop((handle, bug) -> {}).close();
        var before = Programs.descriptors("self");
        EpollLoop loop = new EpollLoop((handle, bug) -> {});
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            probes.add(new Probe(() -> {}));
            loop.watch(probes.get(i));
        }
        loop.close();
        assertTrue(probes.stream().allMatch(KernelFd::isClosed));
        assertEquals(before, Programs.descriptors("self"));
        loop.close();
    }

    @Test
    void manyHandlesAreReadyAtOnce() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            List<Probe> probes = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                Probe probe = new Probe(() -> {});
                probes.add(probe);
                running.watch(probe);
            }
            running.runUntil(() -> probes.stream().allMatch(probe -> probe.calls > 0));
        }
    }

    @Test
    void aPipeWhoseWriterIsGoneIsReadable() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Kernel.Pipe pipe = kernel.pipe();
            int[] lengths = {-2};
            KernelFd end = new KernelFd(kernel, pipe.readEnd()) {
                @Override
                public void onReadable() {
                    lengths[0] = readOne(fd());
                    close();
                }
            };
            running.watch(end);
            running.runWhatIsReady();
            assertEquals(-2, lengths[0]);
            kernel.close(pipe.writeEnd());
            running.runUntil(end::isClosed);
            assertEquals(0, lengths[0]);
        }
    }

    private int readOne(int fd) {
        try {
            return kernel.read(fd, ByteBuffer.allocate(1));
        } catch (ErrnoException failure) {
            throw new AssertionError(failure);
        }
    }
}
