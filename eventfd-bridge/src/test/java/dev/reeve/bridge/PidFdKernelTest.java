package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PidFdKernelTest {
    private static final int SIGTERM = 15;

    private final LinuxKernel kernel = new LinuxKernel();
    private final Told told = new Told();
    private final Programs programs;

    PidFdKernelTest() throws ErrnoException {
        programs = new Programs(kernel, "/");
    }

    @AfterEach
    void closePrograms() throws ErrnoException {
        programs.close();
    }

    private PidFd pidFd(int pid) throws ErrnoException {
        return new PidFd(kernel, kernel.openPidfd(pid), told);
    }

    @Test
    void aChildThatEndsMakesItsPidfdReadable() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            PidFd child = pidFd(programs.startShell("exit 100"));
            running.watch(child);
            running.runUntil(child::isClosed);
            running.runWhatIsReady();
            assertEquals(List.of("ended with 100"), told.lines);
        }
    }

    @Test
    void aChildThatIsTerminatedEndsByTheSignal() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            PidFd child = pidFd(programs.startLasting());
            running.watch(child);
            running.runWhatIsReady();
            assertFalse(child.reapIfEnded());
            assertEquals(List.of(), told.lines);
            child.signal(SIGTERM);
            running.runUntil(child::isClosed);
            assertEquals(List.of("ended by signal 15"), told.lines);
        }
    }

    @Test
    void aChildThatEndedBeforeItWasWatchedIsToldToo() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            PidFd child = pidFd(programs.startShell("exit 1"));
            Awaitility.await().until(() -> kernel.findEndedChild() != null);
            running.watch(child);
            running.runUntil(child::isClosed);
            assertEquals(List.of("ended with 1"), told.lines);
        }
    }

    @Test
    void aChildThatIsReapedEarlyIsToldOnce() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            PidFd child = pidFd(programs.startShell("exit 2"));
            running.watch(child);
            Awaitility.await().until(() -> kernel.findEndedChild() != null);
            assertTrue(child.reapIfEnded());
            assertTrue(child.reapIfEnded());
            running.runWhatIsReady();
            assertEquals(List.of("ended with 2"), told.lines);
        }
    }

    @Test
    void aReapedChildIsNotSignalled() throws Exception {
        PidFd child = pidFd(programs.startShell("exit 0"));
        Awaitility.await().until(child::reapIfEnded);
        ErrnoException failure = assertThrows(ErrnoException.class, () -> child.signal(SIGTERM));
        assertEquals(Errno.ESRCH, failure.errno());
    }

    @Test
    void aChildThatSomebodyElseReapedIsToldAsLost() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            int pid = programs.startShell("exit 0");
            PidFd child = pidFd(pid);
            Awaitility.await().until(() -> kernel.findEndedChild() != null);
            assertNotNull(kernel.reapPid(pid));
            running.watch(child);
            running.runUntil(child::isClosed);
            assertEquals(Errno.ECHILD, told.errno());
            assertEquals(List.of(), told.lines);
        }
    }

    @Test
    void childrenThatEndAtOnceAreAllTold() throws Exception {
        Set<Integer> before = Programs.descriptors("self");
        try (RunningLoop running = new RunningLoop()) {
            List<PidFd> children = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                PidFd child = pidFd(programs.startLasting());
                children.add(child);
                running.watch(child);
            }
            for (PidFd child : children) {
                child.signal(SIGTERM);
            }
            running.runUntil(() -> children.stream().allMatch(KernelFd::isClosed));
            assertEquals(50, told.lines.size());
        }
        assertEquals(before, Programs.descriptors("self"));
    }
}
