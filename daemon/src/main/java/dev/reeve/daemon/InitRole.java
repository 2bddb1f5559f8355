package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxInput;
import dev.reeve.daemon.life.EndOrder;
import dev.reeve.daemon.life.EndOrder.How;
import dev.reeve.daemon.life.LifeEvent.EndRequested;
import dev.reeve.daemon.life.MachineLife;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.CommonOutput;
import dev.reeve.daemon.process.Processes;
import dev.reeve.daemon.process.Spawners;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// A machine's first process, or that of a container that is run as one.
final class InitRole implements DaemonRole {
    private final MachineLife life;
    private final boolean inContainer;
    private final Optional<MachineOutput> output;
    private Optional<PowerButton> powerButton = Optional.empty();

    /// `output` is what services without a logger write to, if it is not what this process has been given.
    InitRole(MachineLife life, boolean inContainer, Optional<MachineOutput> output) {
        this.life = life;
        this.inContainer = inContainer;
        this.output = output;
    }

    @Override
    public MachineLife life() {
        return life;
    }

    @Override
    public CommonOutput output(Kernel kernel, OptionalInt console) {
        return output.isPresent() ? output.get() : DaemonRole.super.output(kernel, console);
    }

    /// Before anybody reads what is said, only those are started that read it, or say nothing. The power button is
    /// looked for when everything is under way: no service is to wait for it.
    @Override
    public void scan(Processes processes, EventLoop loop, Moment now, Runnable firstKnown, Runnable servicesKnown)
            throws ErrnoException {
        Runnable allKnown = () -> {
            servicesKnown.run();
            powerButton.ifPresent(PowerButton::listen);
        };
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
    public void loopEnded() {
        output.ifPresent(MachineOutput::endReading);
    }

    @Override
    public Optional<Consumer<Signal>> signals(Inbox inbox, Log log) {
        return Optional.of(new InitSignals(inContainer, inbox, log));
    }

    @Override
    public List<ChangeWatcher> watchers(Kernel kernel, EventLoop loop, Spawners spawners, Inbox inbox, Log log) {
        List<ChangeWatcher> watchers = new ArrayList<>();
        output.ifPresent(watchers::add);
        if (!inContainer) {
            PowerButton button = powerButton(kernel, loop, spawners, inbox, log);
            powerButton = Optional.of(button);
            watchers.add(button);
        }
        return watchers;
    }

    private static PowerButton powerButton(Kernel kernel, EventLoop loop, Spawners spawners, Inbox inbox, Log log) {
        Fact pressed = new Fact.LifeHappened(new EndRequested(new EndOrder(How.POWEROFF)));
        return new PowerButton(
                kernel,
                LinuxInput::openPowerButton,
                loop,
                spawners,
                PowerButton.DEVICES,
                () -> inbox.add(pressed),
                log);
    }
}
