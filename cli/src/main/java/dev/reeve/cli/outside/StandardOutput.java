package dev.reeve.cli.outside;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A stream to print to, which can tell why it could not: a PrintStream only tells that.
public final class StandardOutput extends PrintStream {
    private static final String EPIPE = "Broken pipe";

    private final Remembering stream;

    public StandardOutput(OutputStream stream) {
        this(new Remembering(stream));
    }

    private StandardOutput(Remembering stream) {
        super(stream, false, StandardCharsets.UTF_8);
        this.stream = stream;
    }

    /// Ends the command if what was printed could not be written: quietly, if whoever read it has had enough.
    public void check() throws ClientFailure {
        if (!checkError()) {
            return;
        }
        String reason = stream.failure == null ? "it is closed" : String.valueOf(stream.failure.getMessage());
        if (reason.equals(EPIPE)) {
            throw new ReaderGone();
        }
        throw new ClientFailure(ExitCode.FAILED, "standard output cannot be written: " + reason);
    }

    private static final class Remembering extends FilterOutputStream {
        private @Nullable IOException failure;

        Remembering(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
