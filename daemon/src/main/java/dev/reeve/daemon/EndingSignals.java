package dev.reeve.daemon;

import dev.reeve.bridge.Kernel.ArrivedSignal;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Signal;
import java.util.function.Consumer;

/// What signals mean to a daemon that does not stand in s6-svscan's place: SIGTERM and SIGINT end everything in order,
/// the others are noted.
record EndingSignals(Inbox inbox, Log log) implements Consumer<ArrivedSignal> {
    @Override
    public void accept(ArrivedSignal arrived) {
        Signal signal = new Signal(arrived.signal());
        if (signal.equals(Signal.TERM) || signal.equals(Signal.INT)) {
            log.info(signal + " from pid " + arrived.pid() + ": everything is told to end");
            inbox.add(new Fact.CommandArrived(new Command.Shutdown(), _ -> {}));
            return;
        }
        // Without the pid, so that whoever sends ten thousand is told of in one line.
        log.info(signal + " has arrived, and means nothing to reeved; SIGTERM ends it");
    }
}
