package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.bridge.ProcessAttributes.Credentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessAttributesKernelTest {
    private static final List<String> LASTING = List.of("/bin/sleep", "1000");

    private final LinuxKernel kernel = new LinuxKernel();

    @TempDir
    private Path directory;

    private Programs programs;

    @BeforeEach
    void openDirectory() throws ErrnoException {
        programs = new Programs(kernel, directory.toString());
    }

    @AfterEach
    void closeAll() throws ErrnoException {
        programs.close();
    }

    @Test
    void aChildActsAsAnotherUserAndItsParentDoesNot() throws Exception {
        assumeTrue(kernel.effectiveUser() == 0, "changing the user needs root");
        // Whoever a child acts as, it must be able to enter its directory.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Credentials nobody = new Credentials(65534, 65533, List.of(65532, 65531));
        int pid = programs.startLasting(
                with(new ProcessAttributes(Optional.of(nobody), OptionalInt.empty(), OptionalInt.empty(), false)));

        assertEquals("65534\t65534\t65534\t65534", Programs.status(pid, "Uid"));
        assertEquals("65533\t65533\t65533\t65533", Programs.status(pid, "Gid"));
        assertEquals("65531 65532", Programs.status(pid, "Groups").strip());
        assertEquals("0000000000000000", Programs.status(pid, "CapEff"));
        assertEquals(0, kernel.effectiveUser());
        assertTrue(Files.readString(Path.of("/proc/thread-self/status")).contains("Uid:\t0\t0\t0\t0"));
    }

    @Test
    void aChildHasItsUmaskAndItsParentKeepsItsOwn() throws Exception {
        String before = Programs.status((int) ProcessHandle.current().pid(), "Umask");
        int pid = programs.startLasting(
                with(new ProcessAttributes(Optional.empty(), OptionalInt.of(0077), OptionalInt.empty(), false)));

        assertEquals("0077", Programs.status(pid, "Umask"));
        assertEquals(before, Programs.status((int) ProcessHandle.current().pid(), "Umask"));
    }

    @Test
    void aChildIsAsNiceAsItIsTold() throws Exception {
        int pid = programs.startLasting(
                with(new ProcessAttributes(Optional.empty(), OptionalInt.empty(), OptionalInt.of(7), false)));

        String stat = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"));
        assertEquals("7", stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
    }

    @Test
    void aChildIsTheFirstOfAPidNamespaceOfItsOwn() throws Exception {
        assumeTrue(kernel.effectiveUser() == 0, "a PID namespace needs root");
        int pid = programs.startLasting(
                with(new ProcessAttributes(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), true)));

        assertEquals(pid + "\t1", Programs.status(pid, "NSpid"));
        int sibling = programs.startLasting();
        assertEquals(Integer.toString(sibling), Programs.status(sibling, "NSpid"));
    }

    @Test
    void whatTheKernelRefusesIsToldAndNothingIsSpawned() throws Exception {
        assumeTrue(kernel.effectiveUser() == 0, "changing the user needs root");
        Credentials tooManyGroups = new Credentials(65534, 65534, java.util.Collections.nCopies(70_000, 1));
        SpawnOrder order = with(
                new ProcessAttributes(Optional.of(tooManyGroups), OptionalInt.empty(), OptionalInt.empty(), false));

        assertEquals(
                Errno.EINVAL,
                assertThrows(ErrnoException.class, () -> kernel.spawn(order)).errno());
    }

    private SpawnOrder with(ProcessAttributes attributes) {
        SpawnOrder plain = programs.order(LASTING, List.of());
        return new SpawnOrder(
                plain.directoryFd(), plain.path(), plain.arguments(), plain.environment(), plain.passed(), attributes);
    }
}
