package dev.reeve.daemon;

import dev.reeve.daemon.life.MachineLife;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Signal;
import java.util.Optional;
import java.util.function.Consumer;

/// A machine's first process, or that of a container that is run as one.
record InitRole(MachineLife life, boolean inContainer) implements DaemonRole {

    @Override
    public Optional<Consumer<Signal>> signals(Inbox inbox, Log log) {
        return Optional.of(new InitSignals(inContainer, inbox, log));
    }
}
