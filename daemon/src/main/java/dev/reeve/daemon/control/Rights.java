package dev.reeve.daemon.control;

import dev.reeve.protocol.Request;

/// What a connection may ask for.
enum Rights {
    /// Everything.
    ALL,
    /// What changes nothing and shows nothing of the daemon's inside.
    LOOK;

    boolean allow(Request request) {
        return switch (this) {
            case ALL -> true;
            case LOOK ->
                switch (request) {
                    case Request.Status _, Request.Watch _, Request.Why _, Request.Version _ -> true;
                    case Request.Start _,
                            Request.Stop _,
                            Request.Restart _,
                            Request.Reload _,
                            Request.Signal _,
                            Request.Svc _,
                            Request.Rescan _,
                            Request.Debug _,
                            Request.Shutdown _ -> false;
                };
        };
    }
}
