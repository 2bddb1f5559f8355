package dev.reeve.daemon;

import dev.reeve.bridge.Machine.Ending;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Signal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What signals mean to a machine's first process (S6-BEHAVIOUR 1.6; SIGRTMIN+3 and following are what container
/// managers and virtual machines send): the end of the machine, and how. SIGTERM is for a container only: on a
/// machine `kill 1` is a mistake.
record InitSignals(boolean inContainer, AskedEnding ending, Inbox inbox, Log log) implements Consumer<Signal> {
    private static final Map<Signal, Ending> ENDINGS = Map.of(
                    "INT",
                    Ending.RESTART,
                    "USR1",
                    Ending.POWER_OFF,
                    "USR2",
                    Ending.HALT,
                    "PWR",
                    Ending.POWER_OFF,
                    "RTMIN+3",
                    Ending.HALT,
                    "RTMIN+4",
                    Ending.POWER_OFF,
                    "RTMIN+5",
                    Ending.RESTART,
                    "RTMIN+6",
                    Ending.KEXEC)
            .entrySet()
            .stream()
            .collect(Collectors.toUnmodifiableMap(
                    entry -> Signal.parse(entry.getKey()).orElseThrow(), Map.Entry::getValue));

    @Override
    public void accept(Signal signal) {
        Optional<Ending> asked = inContainer && signal.equals(Signal.TERM)
                ? Optional.of(Ending.HALT)
                : Optional.ofNullable(ENDINGS.get(signal));
        if (asked.isEmpty()) {
            log.info(signal + " has arrived, and means nothing to a machine's first process");
            return;
        }
        log.info(signal + " has arrived: the machine is to end (" + asked.get() + ")");
        // Who says it again has another idea of how: the way there is the same.
        ending.ask(asked.get());
        inbox.add(new Fact.CommandArrived(new Command.Shutdown(), _ -> {}));
    }
}
