package dev.reeve.daemon.life;

import dev.reeve.daemon.fleet.ServiceSituation;

/// What can happen to the whole.
public sealed interface LifeEvent {

    /// A service is somewhere else now.
    record ServiceChanged(ServiceSituation service) implements LifeEvent {}

    /// The services there are at the beginning are known.
    record ServicesFound() implements LifeEvent {}

    /// Someone wants an end of it all.
    record EndRequested(EndOrder order) implements LifeEvent {}

    /// Someone takes back an end that was ordered for later.
    record EndCancelled() implements LifeEvent {}

    /// Every service was told to end, whoever has asked for that.
    record ShutdownBegan() implements LifeEvent {}

    /// What was waited for has not come.
    record DeadlinePassed() implements LifeEvent {}
}
