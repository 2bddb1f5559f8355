package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ArrivedSignal;
import dev.reeve.bridge.SignalFd;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.Processes;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Signal;
import java.util.function.Consumer;

/// The daemon's own signals: SIGCHLD is the reaper's, what the others mean somebody else says.
final class DaemonSignals implements SignalFd.Listener {
    private final Kernel kernel;
    private final Processes processes;
    private final Consumer<ArrivedSignal> others;
    private final Runnable whenDeaf;
    private final Log log;

    /// `whenDeaf` follows when signals can be heard no more.
    DaemonSignals(Kernel kernel, Processes processes, Consumer<ArrivedSignal> others, Runnable whenDeaf, Log log) {
        this.kernel = kernel;
        this.processes = processes;
        this.others = others;
        this.whenDeaf = whenDeaf;
        this.log = log;
    }

    @Override
    public void onSignal(ArrivedSignal arrived) {
        if (arrived.signal() == Signal.CHLD.number()) {
            processes.childSignalled(arrived.pid(), new Moment(kernel.monotonicNanos()));
        } else {
            others.accept(arrived);
        }
    }

    @Override
    public void onFailed(ErrnoException cause) {
        log.bug("the signalfd, so that signals are not seen any more", cause);
        whenDeaf.run();
    }
}
