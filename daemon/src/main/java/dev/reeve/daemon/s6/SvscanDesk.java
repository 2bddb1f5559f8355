package dev.reeve.daemon.s6;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Fifo;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.Processes;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Signal;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/// Does what s6-svscanctl writes to `.s6-svscan/control`. Belongs to the loop's thread.
public final class SvscanDesk implements Fifo.Listener, AutoCloseable {
    private final Kernel kernel;
    private final Inbox inbox;
    private final Processes processes;
    private final Log log;
    private final Fifo control;

    /// Takes orders from now on. Throws as [EventLoop#watch] does.
    public SvscanDesk(
            Kernel kernel, EventLoop loop, SvscanDirectory directory, Inbox inbox, Processes processes, Log log)
            throws ErrnoException {
        this.kernel = kernel;
        this.inbox = inbox;
        this.processes = processes;
        this.log = log;
        this.control = new Fifo(kernel, directory.controlFd(), this);
        try {
            loop.watch(control);
        } catch (ErrnoException e) {
            control.close();
            throw e;
        }
    }

    /// What was written together is done together: with `na`, too, what has gone is seen before it is pruned.
    @Override
    public void onBytes(byte[] bytes) {
        String letters = new String(bytes, StandardCharsets.ISO_8859_1);
        log.info(SvscanDirectory.NAME + "/control says " + letters);
        Set<SvscanOrder> orders = EnumSet.noneOf(SvscanOrder.class);
        for (int i = 0; i < letters.length(); i++) {
            Set<SvscanOrder> more = SvscanOrder.of(letters.charAt(i));
            if (more.isEmpty()) {
                log.warning("received unknown control command: " + letters.charAt(i));
            }
            SvscanOrder.add(orders, more);
        }
        perform(orders);
    }

    @Override
    public void onFailed(ErrnoException cause) {
        log.warning(SvscanDirectory.NAME + "/control cannot be read any more (" + cause.getMessage()
                + "), so s6-svscanctl does nothing: use reeve rescan and reeve shutdown");
    }

    /// s6-svscan's own reaction to a signal.
    public void react(Signal signal) {
        Set<SvscanOrder> orders = SvscanOrder.of(signal);
        // Without the pid, so that whoever sends ten thousand is told of in one line.
        log.info(signal + " has arrived, "
                + (orders.isEmpty() ? "and means nothing to reeved" : "which means " + new TreeSet<>(orders)));
        perform(orders);
    }

    /// In their order, whatever the set's is.
    void perform(Set<SvscanOrder> orders) {
        new TreeSet<>(orders).forEach(this::perform);
    }

    private void perform(SvscanOrder order) {
        Moment now = new Moment(kernel.monotonicNanos());
        switch (order) {
            case REAP -> processes.reap(now);
            case SCAN -> processes.scanAndKeep(now);
            case PRUNE -> processes.prune(false);
            case PRUNE_LOGGERS_TOO -> processes.prune(true);
            case TERMINATE -> inbox.add(new Fact.CommandArrived(new Command.Shutdown(), _ -> {}));
            case QUIT -> inbox.add(new Fact.CommandArrived(new Command.Shutdown(true), _ -> {}));
            case ABORT -> inbox.add(new Fact.EndArrived());
        }
    }

    @Override
    public void close() {
        control.close();
    }
}
