package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.ServiceName;
import java.util.List;

/// What is said at once to who commanded something.
public sealed interface Answer {

    /// It will be done.
    record Accepted() implements Answer {}

    /// Nothing was done: the fleet knows no services of these names.
    record UnknownServices(List<ServiceName> names) implements Answer {}

    /// Nothing was done: these services have no process of `run`.
    record NotRunning(List<ServiceName> names) implements Answer {}

    /// Nothing was done, for an error of our own, which the log tells.
    record NotDone() implements Answer {}

    /// Nothing was done: the directories of these services are gone, and so will they be.
    record Leaving(List<ServiceName> names) implements Answer {}

    /// Nothing was done: these services are supervised no more when they rest, and again a second later.
    record Exiting(List<ServiceName> names) implements Answer {}

    /// Nothing was done: everything is ending.
    record ShuttingDown() implements Answer {}
}
