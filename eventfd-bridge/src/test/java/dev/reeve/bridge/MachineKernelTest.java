package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.bridge.Machine.MountOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of [LinuxMachine] does a machine no harm; the rest is done to machines of their own, in the daemon's
/// scenarios.
class MachineKernelTest {
    private static final int FIFO = 0010000;
    private static final int TERM = 15;

    @TempDir
    Path directory;

    private final Machine machine = new LinuxMachine();
    private final Kernel kernel = new LinuxKernel();

    @Test
    void whoIsNotTheFirstProcessSignalsNobody() {
        assertFalse(machine.isOurs());
        assertThrows(IllegalStateException.class, () -> machine.signalAll(TERM));
    }

    @Test
    void aNodeHasExactlyTheModeItIsMadeWith() throws ErrnoException, IOException {
        Path fifo = directory.resolve("fifo");

        machine.makeNode(fifo.toString(), FIFO | 0622, 0);

        assertEquals("rw--w--w-", PosixFilePermissions.toString(Files.getPosixFilePermissions(fifo)));
        assertEquals(FIFO, (int) Files.getAttribute(fifo, "unix:mode") & 0170000);
    }

    @Test
    void aNodeTakesNobodysName() throws IOException {
        Path taken = Files.createFile(directory.resolve("taken"));

        ErrnoException e = assertThrows(ErrnoException.class, () -> machine.makeNode(taken.toString(), FIFO | 0600, 0));

        assertEquals(Errno.EEXIST, e.errno());
    }

    @Test
    void nothingIsReadFromNothing() throws ErrnoException {
        int nothing = machine.openNothing();

        assertEquals(0, kernel.read(nothing, ByteBuffer.allocate(1)));
        kernel.close(nothing);
    }

    @Test
    void aConsoleIsOpenedWithoutWaitingForWhoeverReadsIt() throws ErrnoException {
        Path fifo = directory.resolve("console");
        machine.makeNode(fifo.toString(), FIFO | 0600, 0);

        ErrnoException e = assertThrows(ErrnoException.class, () -> OutputFiles.openWaitingTerminal(fifo.toString()));

        assertEquals(Errno.ENXIO, e.errno());
    }

    @Test
    void whatCannotBeDoneSaysWhatAndWhy() throws IOException {
        assumeTrue(kernel.effectiveUser() == 0, "who is not root is told nothing but EPERM: run the tests as root");
        String file = Files.createFile(directory.resolve("file")).toString();

        assertEquals(
                "unmount " + file + ": Invalid argument (EINVAL)",
                assertThrows(ErrnoException.class, () -> machine.unmount(file)).getMessage());
        assertEquals(
                Errno.ENODEV,
                assertThrows(
                                ErrnoException.class,
                                () -> machine.mount(
                                        new MountOrder("none", directory.toString(), "no-such-type", Set.of(), "")))
                        .errno());
    }
}
