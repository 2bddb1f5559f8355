package dev.reeve.daemon.service;

import java.util.List;

/// What follows from an event: the next state, and what is to be done, in this order.
public record Transition(ServiceState next, List<ServiceEffect> effects) {

    static Transition to(ServiceState next, ServiceEffect... effects) {
        return new Transition(next, List.of(effects));
    }

    /// Nothing follows.
    static Transition stay(ServiceState state) {
        return new Transition(state, List.of());
    }
}
