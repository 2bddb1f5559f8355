package dev.reeve.daemon;

import dev.reeve.daemon.life.EndOrder;
import dev.reeve.daemon.life.EndOrder.How;
import dev.reeve.daemon.life.LifeEvent.EndRequested;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Signal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What signals mean to a machine's first process (as with s6-linux-init; SIGRTMIN+3 and following are what container
/// managers and virtual machines send): the end of the machine, and how. SIGTERM is for a container only: on a
/// machine `kill 1` is a mistake.
record InitSignals(boolean inContainer, Inbox inbox, Log log) implements Consumer<Signal> {
    private static final Map<Signal, How> ENDINGS = Map.of(
                    "INT", How.REBOOT,
                    "USR1", How.POWEROFF,
                    "USR2", How.HALT,
                    "PWR", How.POWEROFF,
                    "RTMIN+3", How.HALT,
                    "RTMIN+4", How.POWEROFF,
                    "RTMIN+5", How.REBOOT,
                    "RTMIN+6", How.KEXEC)
            .entrySet()
            .stream()
            .collect(Collectors.toUnmodifiableMap(
                    entry -> Signal.parse(entry.getKey()).orElseThrow(), Map.Entry::getValue));

    @Override
    public void accept(Signal signal) {
        Optional<How> how = inContainer && signal.equals(Signal.TERM)
                ? Optional.of(How.HALT)
                : Optional.ofNullable(ENDINGS.get(signal));
        if (how.isEmpty()) {
            log.info(signal + " has arrived, and means nothing to a machine's first process");
            return;
        }
        log.info(signal + " has arrived");
        inbox.add(new Fact.LifeHappened(new EndRequested(new EndOrder(how.get()))));
    }
}
