package dev.reeve.cli;

import java.io.Serial;

/// Why a command ends with another code than 0, in a sentence for people.
class ClientFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    ClientFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
