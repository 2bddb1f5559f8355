package dev.reeve.daemon.reactor;

import dev.reeve.daemon.fleet.Answer;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.life.LifeEvent;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceName;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What waits in the [Inbox] for the next turn.
public sealed interface Fact {

    /// The scan directory holds a new service.
    record ServiceFound(ServiceName name, boolean startsDown) implements Fact {}

    /// The directory of a service is gone from the scan directory, and it is to end, its logger with it or after it.
    record ServiceVanished(ServiceName name, boolean loggerToo) implements Fact {}

    /// The directory of a service, which was given back, was taken again.
    record ServiceRetaken(ServiceName name, boolean startsDown) implements Fact {}

    /// The directories of these services have other names now: old name to new one.
    record ServicesRenamed(Map<ServiceName, ServiceName> names) implements Fact {}

    /// Something happened to a service.
    record ServiceHappened(ServiceName name, ServiceEvent event) implements Fact {}

    /// Someone commands something, and is told the answer in that turn, before what follows from it.
    record CommandArrived(Command command, Consumer<Answer> answer) implements Fact {}

    /// Something happened to the whole; who asked for it is told why it is refused, if it is.
    record LifeHappened(LifeEvent event, Consumer<Optional<String>> refusal) implements Fact {
        public LifeHappened(LifeEvent event) {
            this(event, _ -> {});
        }
    }

    /// The daemon is to end, and what runs is to go on without it.
    record EndArrived() implements Fact {}

    /// Someone wants to look: the question reads the fleet, and changes nothing.
    record QuestionArrived(Consumer<Fleet> question) implements Fact {}
}
