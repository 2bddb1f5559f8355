package dev.reeve.daemon.s6;

import dev.reeve.daemon.fleet.Letter;
import dev.reeve.daemon.service.ServiceName;

/// Whoever keeps record of what is asked for.
@FunctionalInterface
public interface LetterWitness {

    /// Somebody has asked for this through the service's `supervise/control`, and it is done.
    void asked(ServiceName name, Letter letter);
}
