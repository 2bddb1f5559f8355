package dev.reeve.daemon;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.ProcessImage;
import dev.reeve.daemon.process.ServiceEnvironment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What must hold before the daemon can do its work, each with one line that says what to do where it does not.
final class SystemRequirements {

    /// HUP INT QUIT ABRT USR1 USR2 ALRM TERM CHLD WINCH PWR and SIGRTMIN+3 to +6, by which container managers ask for
    /// an end.
    static final Set<Integer> SIGNALS_TO_BLOCK = Set.of(1, 2, 3, 6, 10, 12, 14, 15, 17, 28, 30, 37, 38, 39, 40);

    private SystemRequirements() {}

    static void check(Kernel kernel, OwnCommand command) throws IOException {
        checkKernel(kernel);
        checkSignals(kernel, command);
    }

    private static void checkKernel(Kernel kernel) throws IOException {
        try {
            kernel.close(kernel.openPidfd(kernel.pid()));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOSYS) {
                throw new IOException("this kernel has no pidfd_open(2); reeve needs Linux 5.9 or newer", e);
            }
            throw new IOException(e.getMessage(), e);
        }
    }

    /// A signalfd sees only what every thread blocks, and threads inherit that from the exec of the JVM. The
    /// launcher's env(1) sees to it; where that cannot, the daemon blocks them in this thread, whose mask survives
    /// an exec, and executes itself again.
    private static void checkSignals(Kernel kernel, OwnCommand command) throws IOException {
        try {
            Set<Integer> missing = new TreeSet<>(SIGNALS_TO_BLOCK);
            missing.removeAll(kernel.blockedSignals());
            if (missing.isEmpty()) {
                return;
            }
            List<byte[]> environment = new ArrayList<>(kernel.environment());
            if (environment.stream().anyMatch(entry -> Arrays.equals(entry, ServiceEnvironment.EXECUTED_AGAIN))) {
                throw new IOException("the signals " + missing
                        + " are not blocked, so they would not be seen: start reeved by its launcher, bin/reeved");
            }
            environment.add(ServiceEnvironment.EXECUTED_AGAIN);
            ProcessImage.executeAgain(SIGNALS_TO_BLOCK, command.words(), environment);
        } catch (ErrnoException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
