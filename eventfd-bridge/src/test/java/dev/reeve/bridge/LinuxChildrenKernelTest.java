package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reeve.bridge.Kernel.ChildEnd;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class LinuxChildrenKernelTest {
    private static final int SIGTERM = 15;
    private static final int SIGABRT = 6;

    private final LinuxKernel kernel = new LinuxKernel();
    private final List<Integer> opened = new ArrayList<>();
    private final Programs programs;

    LinuxChildrenKernelTest() throws ErrnoException {
        programs = new Programs(kernel, "/");
    }

    @AfterEach
    void closeAll() throws ErrnoException {
        programs.close();
        opened.forEach(kernel::close);
    }

    private int openPidfd(int pid) throws ErrnoException {
        int pidfd = kernel.openPidfd(pid);
        opened.add(pidfd);
        return pidfd;
    }

    private ChildEnd awaitEnd(int pidfd) {
        List<ChildEnd> ends = new ArrayList<>();
        Awaitility.await().until(() -> {
            ChildEnd end = kernel.reapPidfd(pidfd);
            if (end != null) {
                ends.add(end);
            }
            return end != null;
        });
        return ends.getFirst();
    }

    @Test
    void aChildThatExitsEndsWithItsCode() throws Exception {
        int pid = programs.startShell("exit 111");
        assertEquals(new ChildEnd(pid, false, 111), awaitEnd(openPidfd(pid)));
    }

    @Test
    void aChildThatIsTerminatedEndsByTheSignal() throws Exception {
        int pid = programs.startLasting();
        int pidfd = openPidfd(pid);
        assertNull(kernel.reapPidfd(pidfd));
        kernel.signalPidfd(pidfd, SIGTERM);
        assertEquals(new ChildEnd(pid, true, SIGTERM), awaitEnd(pidfd));
    }

    @Test
    void aChildThatAbortsEndsByTheSignalWhetherItDumpsOrNot() throws Exception {
        int pid = programs.startShell("kill -ABRT $$");
        assertEquals(new ChildEnd(pid, true, SIGABRT), awaitEnd(openPidfd(pid)));
    }

    @Test
    void aReapedChildIsNeitherReapedNorSignalledAgain() throws Exception {
        int pidfd = openPidfd(programs.startShell("exit 0"));
        awaitEnd(pidfd);
        assertErrno(Errno.ECHILD, () -> kernel.reapPidfd(pidfd));
        assertErrno(Errno.ESRCH, () -> kernel.signalPidfd(pidfd, SIGTERM));
    }

    @Test
    void anEndedChildIsFoundAndLeftUntilItIsReapedByItsPid() throws Exception {
        assertNull(kernel.findEndedChild());
        int lasting = programs.startLasting();
        assertNull(kernel.findEndedChild());
        int pid = programs.startShell("exit 3");
        Awaitility.await().until(() -> kernel.findEndedChild() != null);
        ChildEnd expected = new ChildEnd(pid, false, 3);
        assertEquals(expected, kernel.findEndedChild());
        assertNull(kernel.reapPid(lasting));
        assertEquals(expected, kernel.reapPid(pid));
        assertNull(kernel.reapPid(pid));
        assertNull(kernel.findEndedChild());
    }

    @Test
    void aProcessThatIsNoChildIsNotReaped() throws Exception {
        assertNull(kernel.reapPid(kernel.pid()));
    }

    @Test
    void aProcessGroupIsSignalledWhole() throws Exception {
        Kernel.Pipe pipe = kernel.pipe();
        opened.add(pipe.readEnd());
        List<String> forking = List.of("/bin/sh", "-c", "sleep 1000 & wait");
        int pid = programs.startLasting(programs.order(forking, List.of(new PassedFd(pipe.writeEnd(), 1))));
        kernel.close(pipe.writeEnd());
        kernel.signalGroup(pid, SIGTERM);
        assertEquals(new ChildEnd(pid, true, SIGTERM), awaitEnd(openPidfd(pid)));
        // The pipe ends when the last of the group is gone.
        Awaitility.await().until(() -> kernel.read(pipe.readEnd(), ByteBuffer.allocate(1)) == 0);
    }

    @Test
    void everyProcessAtOnceIsNotAGroup() {
        assertThrows(IllegalArgumentException.class, () -> kernel.signalGroup(1, 0));
        assertThrows(IllegalArgumentException.class, () -> kernel.signalGroup(0, 0));
    }

    @Test
    void aPidThatIsNobodysHasNoPidfd() throws Exception {
        int pid = programs.startShell("exit 0");
        assertNotNull(awaitEnd(openPidfd(pid)));
        assertErrno(Errno.ESRCH, () -> kernel.openPidfd(pid));
    }

    private static void assertErrno(int errno, Executable call) {
        ErrnoException failure = assertThrows(ErrnoException.class, call);
        assertEquals(errno, failure.errno(), failure.getMessage());
    }
}
