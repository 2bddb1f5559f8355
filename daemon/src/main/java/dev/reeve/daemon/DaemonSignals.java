package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ArrivedSignal;
import dev.reeve.bridge.SignalFd;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.Processes;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Signal;

/// What the daemon does about its own signals: SIGTERM and SIGINT end everything in order, SIGCHLD is the reaper's,
/// the others are noted.
final class DaemonSignals implements SignalFd.Listener {
    private final Kernel kernel;
    private final Inbox inbox;
    private final Processes processes;
    private final Log log;

    DaemonSignals(Kernel kernel, Inbox inbox, Processes processes, Log log) {
        this.kernel = kernel;
        this.inbox = inbox;
        this.processes = processes;
        this.log = log;
    }

    @Override
    public void onSignal(ArrivedSignal arrived) {
        Signal signal = new Signal(arrived.signal());
        if (signal.equals(Signal.CHLD)) {
            processes.childSignalled(arrived.pid(), new Moment(kernel.monotonicNanos()));
            return;
        }
        if (signal.equals(Signal.TERM) || signal.equals(Signal.INT)) {
            log.info(signal + " from pid " + arrived.pid() + ": everything is told to end");
            inbox.add(new Fact.CommandArrived(new Command.Shutdown(), _ -> {}));
            return;
        }
        // Without the pid, so that whoever sends ten thousand is told of in one line.
        log.info(signal + " has arrived, and means nothing to reeved; SIGTERM ends it");
    }

    @Override
    public void onFailed(ErrnoException cause) {
        log.bug("the signalfd, so that signals are not seen any more", cause);
    }
}
