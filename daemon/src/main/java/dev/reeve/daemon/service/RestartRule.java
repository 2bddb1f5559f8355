package dev.reeve.daemon.service;

/// After which unasked ends a service is started again (`restart`). Whatever it says, one that cannot be spawned is
/// tried again: it has not run at all.
public enum RestartRule {
    ALWAYS,
    ON_FAILURE,
    NEVER;

    /// As in the file.
    @Override
    public String toString() {
        return switch (this) {
            case ALWAYS -> "always";
            case ON_FAILURE -> "on-failure";
            case NEVER -> "never";
        };
    }
}
