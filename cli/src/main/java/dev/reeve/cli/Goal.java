package dev.reeve.cli;

import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.util.Optional;

/// What a client waits for.
enum Goal {
    /// The process runs, ready or not.
    UP,
    /// The process runs and is ready.
    READY,
    /// No process, and none to come: `failed` counts too.
    DOWN;

    boolean isReachedBy(ServiceStatus service) {
        return switch (this) {
            case UP ->
                service.phase() == ServicePhase.UP
                        || (service.phase() == ServicePhase.STARTING && service.pid() != null);
            case READY -> service.phase() == ServicePhase.UP && service.ready();
            case DOWN -> service.phase() == ServicePhase.DOWN || service.phase() == ServicePhase.FAILED;
        };
    }

    /// Why this service will not get there by itself, if that is so: it was given up, or it cannot be spawned.
    Optional<String> failure(ServiceStatus service) {
        if (this == DOWN) {
            return Optional.empty();
        }
        String reason = service.reason();
        return switch (service.phase()) {
            case FAILED -> Optional.of(service.name() + " failed" + (reason == null ? "" : ": " + reason));
            case BACKING_OFF -> Optional.ofNullable(reason).map(why -> service.name() + " does not start: " + why);
            case DOWN, STARTING, UP, STOPPING, FINISHING -> Optional.empty();
        };
    }
}
