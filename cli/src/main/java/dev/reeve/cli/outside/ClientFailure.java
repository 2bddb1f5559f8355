package dev.reeve.cli.outside;

import java.io.Serial;

/// Why a command ends with another code than 0, in a sentence for people.
public class ClientFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public ClientFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
