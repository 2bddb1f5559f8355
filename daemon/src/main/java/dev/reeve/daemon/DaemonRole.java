package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.life.DaemonLife;
import dev.reeve.daemon.life.Life;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.CommonOutput;
import dev.reeve.daemon.process.Processes;
import dev.reeve.daemon.process.ScanSettings;
import dev.reeve.daemon.process.Spawners;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Signal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/// What the daemon is there for: it is one among others, a container's first process, or a machine's.
interface DaemonRole {

    /// One among others.
    DaemonRole DAEMON = new DaemonRole() {
        private final Life life = new DaemonLife();

        @Override
        public Life life() {
            return life;
        }
    };

    /// When everything ends.
    Life life();

    /// The run directory is ours now.
    default void begin() throws IOException {}

    /// What is scanned, where this was asked for.
    default Optional<ScanSettings> scan(Optional<ScanSettings> asked) {
        return asked;
    }

    /// What services write to where nobody says otherwise. `console` is what the catch-all logger complains to.
    default CommonOutput output(Kernel kernel, OptionalInt console) {
        return CommonOutput.inherited(kernel, console);
    }

    /// Reads the scan directory for the first time: calls `firstKnown` when some of it is known, so that questions can
    /// be answered, and `allKnown` when all of it is. The loop is about to run.
    default void scan(Processes processes, EventLoop loop, Moment now, Runnable firstKnown, Runnable allKnown)
            throws ErrnoException {
        processes.scan(
                _ -> {
                    firstKnown.run();
                    allKnown.run();
                },
                now);
    }

    /// Who else is told what becomes of services. The loop is about to run.
    default List<ChangeWatcher> watchers(Kernel kernel, EventLoop loop, Spawners spawners, Inbox inbox, Log log) {
        return List.of();
    }

    /// The loop has ended, and is there still.
    default void loopEnded() {}

    /// Whether a daemon that serves a scan directory with s6's files runs the scripts of `.s6-svscan/` on signals.
    default boolean runsSignalScripts() {
        return true;
    }

    /// What signals without a script mean, if it is not what they mean to s6-svscan.
    default Optional<Consumer<Signal>> signals(Inbox inbox, Log log) {
        return Optional.empty();
    }

    /// By which signals everything ends, where there are no scripts.
    default Set<Signal> endingSignals() {
        return EndingSignals.OF_A_DAEMON;
    }
}
