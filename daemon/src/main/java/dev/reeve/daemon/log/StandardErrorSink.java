package dev.reeve.daemon.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Standard error, which may keep the log's thread waiting for as long as it likes: a console under ^S, or a pipe that
/// is full.
final class StandardErrorSink implements LogSink {
    // Never closed: descriptor 2 is the process's, not ours.
    private final FileOutputStream standardError = new FileOutputStream(FileDescriptor.err);

    @Override
    public void write(List<String> messages) {
        if (messages.isEmpty()) {
            return;
        }
        try {
            standardError.write((String.join("\n", messages) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // Nobody reads any more (EPIPE), or the disk is full: there is nowhere left to say so.
        }
    }
}
