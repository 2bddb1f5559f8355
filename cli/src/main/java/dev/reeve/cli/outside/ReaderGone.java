package dev.reeve.cli.outside;

import java.io.Serial;

/// Whoever read standard output has had enough, as `head` has at some point. That is no failure, and nothing is
/// said of it.
public final class ReaderGone extends ClientFailure {

    @Serial
    private static final long serialVersionUID = 1L;

    public ReaderGone() {
        super(ExitCode.DONE, "nobody reads standard output any more");
    }
}
