package dev.reeve.cli.s6;

import java.io.Serial;

/// No daemon has this directory; the message says where it was looked for.
final class NotSupervised extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    NotSupervised(String tried) {
        super(tried);
    }

    /// In s6's words, with what was tried behind them.
    Fatal unable(int exitCode, String toDo, String because) {
        return Fatal.unable(exitCode, toDo, because + ": " + getMessage());
    }
}
