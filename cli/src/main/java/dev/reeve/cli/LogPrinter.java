package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.Output;
import java.io.ByteArrayOutputStream;

/// Lines of logs on their way to standard output: many are written at once, and each as a whole.
final class LogPrinter {
    private static final int WRITE_BYTES = 64 * 1024;

    private final Output output;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    LogPrinter(Output output) {
        this.output = output;
    }

    /// Takes lines to be shown like this.
    LogLines.Sink as(LogFormat format) {
        return (bytes, offset, length) -> {
            format.append(bytes, offset, length, waiting);
            if (waiting.size() >= WRITE_BYTES) {
                flush();
            }
        };
    }

    void flush() throws ClientFailure {
        if (waiting.size() > 0) {
            output.lines(waiting.toByteArray());
            waiting.reset();
        }
    }
}
