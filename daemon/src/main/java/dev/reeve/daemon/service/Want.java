package dev.reeve.daemon.service;

/// What is wanted of a service, as it was last asked for.
public enum Want {
    /// It is to run, and to be kept running.
    UP,
    /// It is to run until it ends by itself, and not to be started again then.
    ONCE,
    /// It is not to run.
    DOWN;

    /// What is wanted when its process is to be replaced by another.
    Want restarted() {
        return this == DOWN ? UP : this;
    }
}
