package dev.reeve.daemon.service;

/// What a service directory has that is executed.
public enum Program {
    RUN,
    FINISH
}
