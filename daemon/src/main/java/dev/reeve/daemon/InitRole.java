package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.life.MachineLife;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.CommonOutput;
import dev.reeve.daemon.process.Processes;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Signal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// A machine's first process, or that of a container that is run as one. `output` is what services without a logger
/// write to, if it is not what this process has been given.
record InitRole(MachineLife life, boolean inContainer, Optional<MachineOutput> output) implements DaemonRole {

    @Override
    public CommonOutput output(Kernel kernel, OptionalInt console) {
        return output.isPresent() ? output.get() : DaemonRole.super.output(kernel, console);
    }

    /// Before anybody reads what is said, only those are started that read it, or say nothing.
    @Override
    public void scan(Processes processes, EventLoop loop, Moment now, Runnable firstKnown, Runnable allKnown)
            throws ErrnoException {
        if (output.isEmpty()) {
            DaemonRole.super.scan(processes, loop, now, firstKnown, allKnown);
            return;
        }
        processes.admit(MachineOutput::isEarly);
        processes.scan(_ -> firstKnown.run(), now);
        output.get().awaitReader(loop, then -> {
            processes.admit(_ -> true);
            processes.scan(_ -> allKnown.run(), then);
        });
    }

    @Override
    public List<ChangeWatcher> watchers() {
        return output.<List<ChangeWatcher>>map(List::of).orElse(List.of());
    }

    @Override
    public void loopEnded() {
        output.ifPresent(MachineOutput::endReading);
    }

    @Override
    public Optional<Consumer<Signal>> signals(Inbox inbox, Log log) {
        return Optional.of(new InitSignals(inContainer, inbox, log));
    }
}
