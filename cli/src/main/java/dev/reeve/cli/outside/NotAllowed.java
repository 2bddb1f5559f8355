package dev.reeve.cli.outside;

import java.io.Serial;

/// One may not open the daemon's socket, so there may well be one.
public final class NotAllowed extends ClientFailure {

    @Serial
    private static final long serialVersionUID = 1L;

    NotAllowed(String message) {
        super(ExitCode.UNREACHABLE, message);
    }
}
