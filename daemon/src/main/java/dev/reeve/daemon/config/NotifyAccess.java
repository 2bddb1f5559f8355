package dev.reeve.daemon.config;

/// Whose notifications a service's `notify-socket` listens to.
public enum NotifyAccess {
    /// Those of the process of `run` alone.
    MAIN,
    /// Those of every process of the service.
    ALL
}
