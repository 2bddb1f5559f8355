package dev.reeve.daemon.life;

import dev.reeve.daemon.service.ServiceName;

/// What is to be done for the whole.
public sealed interface LifeEffect {

    /// This service is to run.
    record StartService(ServiceName name) implements LifeEffect {}

    /// This service is to end.
    record StopService(ServiceName name) implements LifeEffect {}

    /// Every service is to end in order, loggers last, and none may start any more.
    record StopEverything() implements LifeEffect {}

    /// What still runs of any service is to be killed.
    record KillEverything() implements LifeEffect {}

    /// The loop is to end, whatever still runs.
    record EndLoop() implements LifeEffect {}

    /// The log is to say so.
    record Tell(String message) implements LifeEffect {}

    /// The log is to warn of it.
    record Warn(String message) implements LifeEffect {}
}
