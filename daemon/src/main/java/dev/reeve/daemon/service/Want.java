package dev.reeve.daemon.service;

/// What was last asked of a service that is on its way somewhere.
public enum Want {
    UP,
    DOWN
}
