package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process gives its place to another program, while it does other things, too.
@Timeout(60)
class ProcessImageKernelTest {
    /// A shell has its script open as 10. (It is no pipeline, whose ends the shell would have open for a moment.)
    private static final String SUCCESSOR = """
            #!/bin/sh
            echo "$0 $PWD $TOLD"
            ls -m /proc/$$/fd
            """;

    /// Opens what it can in some threads, as Java does, and gives its place away meanwhile.
    static final class Busy {
        private static final int THREADS = 4;
        private static final int FILES = 100;

        public static void main(String[] arguments) throws ErrnoException {
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(() -> openMany(arguments[0]));
                thread.setDaemon(true);
                thread.start();
            }
            int directory = new LinuxKernel().openDirectory(arguments[0]);
            ProcessImage.give(directory, "./successor", List.of("TOLD=it".getBytes(StandardCharsets.UTF_8)));
        }

        private static void openMany(String directory) {
            Deque<RandomAccessFile> open = new ArrayDeque<>();
            try {
                while (true) {
                    open.add(new RandomAccessFile(directory + "/successor", "r"));
                    if (open.size() == FILES) {
                        open.remove().close();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @TempDir
    private Path directory;

    @Test
    void whereThereIsNoOtherNothingHasChanged() throws Exception {
        Kernel kernel = new LinuxKernel();
        Set<Integer> blocked = kernel.blockedSignals();
        assertFalse(blocked.isEmpty(), "signals are blocked in the JVM of the tests");
        Path workingDirectory = Path.of("/proc/self/cwd").toRealPath();
        int scanDirectory = kernel.openDirectory(directory.toString());
        ErrnoException none =
                assertThrows(ErrnoException.class, () -> ProcessImage.give(scanDirectory, "./successor", List.of()));
        kernel.close(scanDirectory);
        assertEquals(Errno.ENOENT, none.errno());
        assertEquals(blocked, kernel.blockedSignals());
        assertEquals(workingDirectory, Path.of("/proc/self/cwd").toRealPath());
    }

    @RepeatedTest(3)
    void theOtherHasNoDescriptorOfWhatOtherThreadsDo() throws Exception {
        Path successor = Files.writeString(directory.resolve("successor"), SUCCESSOR);
        Files.setPosixFilePermissions(successor, PosixFilePermissions.fromString("rwx------"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Busy.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertEquals("./successor " + directory.toRealPath() + " it\n0, 1, 10, 2\n", said);
    }
}
