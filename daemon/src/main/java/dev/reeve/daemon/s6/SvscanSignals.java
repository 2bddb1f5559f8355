package dev.reeve.daemon.s6;

import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ArrivedSignal;
import dev.reeve.daemon.process.SpawnSupplies;
import dev.reeve.daemon.process.Spawners;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Signal;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the daemon does about signals in s6-svscan's place: a program of the signal's name in `.s6-svscan/` is run,
/// and where there is none, its own reaction follows ([SvscanDesk#react], unless it is a machine's first process).
/// Belongs to the loop's thread.
public final class SvscanSignals implements Consumer<ArrivedSignal> {
    private static final Set<Signal> WITH_SCRIPTS = Stream.of(
                    "HUP", "INT", "TERM", "QUIT", "USR1", "USR2", "PWR", "WINCH")
            .map(name -> Signal.parse(name).orElseThrow())
            .collect(Collectors.toUnmodifiableSet());

    private final SpawnSupplies supplies;
    private final Spawners spawners;
    private final SvscanDirectory directory;
    private final Consumer<Signal> reaction;

    /// Whose scripts are being looked for, and which of them have arrived again since.
    private final Set<Signal> underWay = new HashSet<>();

    private final Set<Signal> again = new HashSet<>();

    public SvscanSignals(
            SpawnSupplies supplies, Spawners spawners, SvscanDirectory directory, Consumer<Signal> reaction) {
        this.supplies = supplies;
        this.spawners = spawners;
        this.directory = directory;
        this.reaction = reaction;
    }

    /// However slow the disk is, one search a signal is under way: what arrives meanwhile is one more, as the
    /// kernel counts signals that are pending.
    @Override
    public void accept(ArrivedSignal arrived) {
        Signal signal = new Signal(arrived.signal());
        if (!WITH_SCRIPTS.contains(signal)) {
            reaction.accept(signal);
        } else if (underWay.add(signal)) {
            search(signal);
        } else {
            again.add(signal);
        }
    }

    private void search(Signal signal) {
        Kernel kernel = supplies.kernel();
        spawners.submit(
                new SignalScriptErrand(supplies, directory.scanDirectoryFd(), signal, ran -> searched(signal, ran)),
                new Moment(kernel.monotonicNanos()));
    }

    private void searched(Signal signal, boolean ran) {
        underWay.remove(signal);
        if (!ran) {
            reaction.accept(signal);
        }
        if (again.remove(signal)) {
            underWay.add(signal);
            search(signal);
        }
    }
}
