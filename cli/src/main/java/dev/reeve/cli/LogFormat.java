package dev.reeve.cli;

import java.io.ByteArrayOutputStream;

/// How a line of a log is shown.
interface LogFormat {

    /// Appends the line, which comes without its newline, as it is shown and with one.
    void append(byte[] bytes, int offset, int length, ByteArrayOutputStream to);
}
