package dev.reeve.cli;

import java.io.Serial;

/// The daemon closed the connection.
final class DaemonGone extends ClientFailure {

    @Serial
    private static final long serialVersionUID = 1L;

    DaemonGone(String message) {
        super(ExitCode.UNREACHABLE, message);
    }
}
