package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void aChildHasItsUmaskAndItsParentKeepsItsOwn() throws Exception {
        String before = Programs.status((int) ProcessHandle.current().pid(), "Umask");
        int pid = programs.startLasting(with(new ProcessAttributes(OptionalInt.of(0077), OptionalInt.empty(), false)));

        assertEquals("0077", Programs.status(pid, "Umask"));
        assertEquals(before, Programs.status((int) ProcessHandle.current().pid(), "Umask"));
    }

    @Test
    void aChildIsAsNiceAsItIsTold() throws Exception {
        int pid = programs.startLasting(with(new ProcessAttributes(OptionalInt.empty(), OptionalInt.of(7), false)));

        String stat = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"));
        assertEquals("7", stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
    }

    @Test
    void aChildIsTheFirstOfAPidNamespaceOfItsOwn() throws Exception {
        assumeTrue(kernel.effectiveUser() == 0, "a PID namespace needs root");
        int pid = programs.startLasting(with(new ProcessAttributes(OptionalInt.empty(), OptionalInt.empty(), true)));

        assertEquals(pid + "\t1", Programs.status(pid, "NSpid"));
        int sibling = programs.startLasting();
        assertEquals(Integer.toString(sibling), Programs.status(sibling, "NSpid"));
    }

    private SpawnOrder with(ProcessAttributes attributes) {
        SpawnOrder plain = programs.order(LASTING, List.of());
        return new SpawnOrder(
                plain.directoryFd(), plain.path(), plain.arguments(), plain.environment(), plain.passed(), attributes);
    }
}
