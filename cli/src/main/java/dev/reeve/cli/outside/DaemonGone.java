package dev.reeve.cli.outside;

import java.io.Serial;

/// The daemon closed the connection.
public final class DaemonGone extends ClientFailure {

    @Serial
    private static final long serialVersionUID = 1L;

    public DaemonGone(String message) {
        super(ExitCode.UNREACHABLE, message);
    }
}
