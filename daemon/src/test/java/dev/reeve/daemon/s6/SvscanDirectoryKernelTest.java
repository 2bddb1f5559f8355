package dev.reeve.daemon.s6;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.s6.SvscanDirectory.CannotServe;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SvscanDirectoryKernelTest {
    private final LinuxKernel kernel = new LinuxKernel();

    @TempDir
    private Path scan;

    private Set<String> descriptorsBefore;

    @BeforeEach
    void countDescriptors() throws IOException {
        descriptorsBefore = descriptors();
    }

    @AfterEach
    void everyDescriptorIsClosedAgain() throws IOException {
        assertEquals(descriptorsBefore, descriptors());
    }

    @Test
    void whatIsMissingIsMadeWithS6sModes() throws Exception {
        close(take());
        assertEquals("rwx------", permissions(""));
        assertEquals("rw-------", permissions("lock"));
        assertEquals("rw-------", permissions("control"));
        close(take());
    }

    @Test
    void whatIsThereIsKeptAsItIs() throws Exception {
        close(take());
        Files.setPosixFilePermissions(file(""), PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(file("control"), PosixFilePermissions.fromString("rw--w----"));
        close(take());
        assertEquals("rwx--x--x", permissions(""));
        assertEquals("rw--w----", permissions("control"));
    }

    @Test
    void oneScanDirectoryIsServedOnce() throws Exception {
        SvscanDirectory first = take();
        CannotServe refused = assertThrows(CannotServe.class, this::take);
        assertTrue(String.valueOf(refused.getMessage()).contains("is served by another process"));
        close(first);
        close(take());
    }

    @Test
    void whatIsNeitherDirectoryNorFifoIsNamed() throws Exception {
        Files.createFile(file(""));
        assertTrue(refusal().contains("/.s6-svscan is no directory"));
        Files.delete(file(""));
        Files.createDirectory(file(""));
        Files.createFile(file("control"));
        assertTrue(refusal().contains("/.s6-svscan/control is no fifo"));
        Files.delete(file("control"));
        Files.createSymbolicLink(file("control"), Path.of("lock"));
        assertTrue(refusal().contains("/.s6-svscan/control is no fifo"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EROFS, Errno.EACCES, Errno.EPERM})
    void whereNothingMayBeWrittenADaemonDoesWithout(int errno) throws Exception {
        Kernel faulty = failing(new ArrayList<>(), 1, errno);
        assertNull(SvscanDirectory.takeIfWritable(faulty, scan.toString(), new SilentLog()));
        assertEquals(descriptorsBefore, descriptors());
        close(requireNonNull(SvscanDirectory.takeIfWritable(kernel, scan.toString(), new SilentLog())));
    }

    @Test
    void whateverCallFailsNothingIsLeftOpen() throws Exception {
        List<String> calls = new ArrayList<>();
        close(SvscanDirectory.take(failing(calls, Integer.MAX_VALUE, 0), scan.toString()));
        assertTrue(calls.size() > 5, () -> "few calls: " + calls);
        for (int failing = 0; failing < calls.size(); failing++) {
            Kernel faulty = failing(new ArrayList<>(), failing, Errno.EIO);
            ErrnoException failure = assertThrows(
                    ErrnoException.class,
                    () -> close(SvscanDirectory.take(faulty, scan.toString())),
                    calls.get(failing));
            assertEquals(Errno.EIO, failure.errno());
            assertEquals(descriptorsBefore, descriptors());
        }
    }

    private String refusal() {
        return String.valueOf(assertThrows(CannotServe.class, this::take).getMessage());
    }

    private SvscanDirectory take() throws CannotServe, ErrnoException {
        return SvscanDirectory.take(kernel, scan.toString());
    }

    private void close(SvscanDirectory directory) {
        kernel.close(directory.controlFd());
        directory.close();
    }

    /// The kernel, but that the call with this number, from 0, fails. Notes the calls.
    private Kernel failing(List<String> calls, int number, int errno) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (_, method, arguments) -> {
                    if (!method.getName().equals("close")) {
                        calls.add(method.getName());
                        if (calls.size() == number + 1) {
                            throw new ErrnoException(method.getName(), errno);
                        }
                    }
                    try {
                        return method.invoke(kernel, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Path file(String name) {
        return scan.resolve(".s6-svscan").resolve(name);
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name)));
    }

    private static Set<String> descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(Path::getFileName).map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
