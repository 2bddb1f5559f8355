package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.process.DirectoryGate.CannotHold;
import dev.reeve.daemon.process.DirectoryHold;
import dev.reeve.daemon.process.Spawners;
import dev.reeve.daemon.service.ServiceName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuperviseGateKernelTest {
    private static final ServiceName NAME = new ServiceName("web");

    private final LinuxKernel kernel = new LinuxKernel();
    private final List<String> warnings = new ArrayList<>();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {Errno.EROFS, Errno.EACCES, Errno.EPERM, Errno.ENOSPC, Errno.EDQUOT})
    void whereNothingMayBeWrittenTheServiceIsSupervisedWithoutAndTheLogSaysWhatIsMissing(int errno) throws Exception {
        assertSame(DirectoryHold.NONE, takeWhereMakingFailsWith(errno));
        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().startsWith("service web: s6's clients"), warnings.getFirst());
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EIO, Errno.EMFILE, Errno.ENOMEM})
    void whereTheLockMayBeSomebodysTheDirectoryIsRefused(int errno) {
        CannotHold refusal = assertThrows(CannotHold.class, () -> takeWhereMakingFailsWith(errno));
        assertTrue(refusal.getMessage().contains("put that right, then use reeve rescan"), refusal.getMessage());
        assertEquals(List.of(), warnings);
    }

    private DirectoryHold takeWhereMakingFailsWith(int errno) throws ErrnoException, CannotHold {
        Kernel failing = (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (_, method, arguments) -> {
                    if (method.getName().equals("makeDirectoryAt")) {
                        throw new ErrnoException("mkdirat", errno);
                    }
                    try {
                        return method.invoke(kernel, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        Log log = new NotingLog();
        DescriptorLimit limit = new DescriptorLimit(kernel, log);
        int serviceFd = kernel.openDirectory(directory.toString());
        try {
            return new SuperviseGate(failing, limit, unused(), log).take(NAME, serviceFd);
        } finally {
            kernel.close(serviceFd);
        }
    }

    private static Spawners unused() {
        return (Spawners) Proxy.newProxyInstance(
                Spawners.class.getClassLoader(), new Class<?>[] {Spawners.class}, (_, method, _) -> {
                    throw new AssertionError(method.getName());
                });
    }

    private final class NotingLog implements Log {
        @Override
        public void info(String message) {}

        @Override
        public void warning(String message) {
            warnings.add(message);
        }

        @Override
        public void bug(String message, Throwable cause) {
            throw new AssertionError(message, cause);
        }

        @Override
        public void audit(String message) {}
    }
}
