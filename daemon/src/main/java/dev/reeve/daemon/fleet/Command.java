package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.Signal;
import java.util.List;
import java.util.Set;

/// What someone asks of the fleet. It is done as a whole or refused as a whole.
public sealed interface Command {

    /// These services are to run, and to be kept running.
    record Start(Set<ServiceName> services) implements Command {}

    /// These services are to run until they end by themselves, and not to be started again then.
    record StartOnce(Set<ServiceName> services) implements Command {}

    /// These services are to end, and to stay down.
    record Stop(Set<ServiceName> services) implements Command {}

    /// The processes of these services are to be replaced by new ones; one that is down is started.
    record Restart(Set<ServiceName> services) implements Command {}

    /// The processes of these services are to get this signal. Refused if one of them has none.
    record SendSignal(Set<ServiceName> services, Signal signal) implements Command {}

    /// The processes of these services are to read their configuration again. Refused if one of them has none.
    record Reload(Set<ServiceName> services) implements Command {}

    /// These services are to be done to what each letter says, one after the other. A letter that has nothing to
    /// say to a service where it is (a signal to one that does not run) is passed over.
    record Letters(Set<ServiceName> services, List<Letter> letters) implements Command {}

    /// Every service is to end, and none may start any more. A logger ends after its service, when it has read what
    /// that said, unless loggers are to end with the others.
    record Shutdown(boolean loggersToo) implements Command {
        public Shutdown() {
            this(false);
        }
    }
}
