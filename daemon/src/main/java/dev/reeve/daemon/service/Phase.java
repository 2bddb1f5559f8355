package dev.reeve.daemon.service;

/// The few phases in which people see the states of [ServiceState]. Each completes "the service is …".
public enum Phase {
    DOWN,
    STARTING,
    UP,
    STOPPING,
    FINISHING,
    BACKING_OFF,
    FAILED
}
