package dev.reeve.daemon;

import dev.reeve.bridge.Kernel.ArrivedSignal;
import dev.reeve.daemon.life.EndOrder;
import dev.reeve.daemon.life.EndOrder.How;
import dev.reeve.daemon.life.LifeEvent.EndRequested;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Signal;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What signals mean to a daemon that does not stand in s6-svscan's place: some end everything in order, the others are
/// noted.
record EndingSignals(Inbox inbox, Set<Signal> ending, Log log) implements Consumer<ArrivedSignal> {
    static final Set<Signal> OF_A_DAEMON = Set.of(Signal.TERM, Signal.INT);

    /// Container managers send any of these: the image says which (STOPSIGNAL).
    static final Set<Signal> OF_A_CONTAINER = Stream.of("TERM", "INT", "QUIT", "PWR", "RTMIN+3", "RTMIN+4", "RTMIN+5")
            .map(name -> Signal.parse(name).orElseThrow())
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public void accept(ArrivedSignal arrived) {
        Signal signal = new Signal(arrived.signal());
        if (ending.contains(signal)) {
            log.info(signal + " from pid " + arrived.pid() + ": everything is told to end");
            inbox.add(new Fact.LifeHappened(new EndRequested(new EndOrder(How.EXIT))));
            return;
        }
        // Without the pid, so that whoever sends ten thousand is told of in one line.
        log.info(signal + " has arrived, and means nothing to reeved; SIGTERM ends it");
    }
}
