package dev.reeve.daemon.s6;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.FileStatus;
import dev.reeve.bridge.SpawnOrder;
import dev.reeve.daemon.process.Errand;
import dev.reeve.daemon.process.SpawnSupplies;
import dev.reeve.daemon.service.Signal;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs `.s6-svscan/SIGNAME`, if it can be executed, and tells whether it did. Its process is nobody's: it is reaped
/// like any orphan.
record SignalScriptErrand(SpawnSupplies supplies, int scanDirectory, Signal signal, Consumer<Boolean> homecoming)
        implements Errand {
    private static final int EXECUTABLE = 0111;

    @Override
    public Runnable run() {
        boolean ran = runs(SvscanDirectory.NAME + "/" + signal);
        return () -> homecoming.accept(ran);
    }

    private boolean runs(String script) {
        Kernel kernel = supplies.kernel();
        try {
            @Nullable FileStatus status = kernel.statusAt(scanDirectory, script);
            if (status == null || status.kind() != FileStatus.Kind.REGULAR || (status.mode() & EXECUTABLE) == 0) {
                return false;
            }
            supplies.limit()
                    .spawn(new SpawnOrder(
                            scanDirectory,
                            script,
                            List.of(script),
                            supplies.environment(),
                            supplies.output().passed()));
            supplies.log().info(signal + " has arrived, and " + script + " is run");
            return true;
        } catch (ErrnoException e) {
            supplies.log()
                    .warning(script + " cannot be run, so " + signal + " does what it does without: " + e.getMessage());
            return false;
        }
    }

    @Override
    public void failed(Throwable cause) {
        supplies.log().bug("running the script of " + signal, cause);
        homecoming.accept(false);
    }
}
