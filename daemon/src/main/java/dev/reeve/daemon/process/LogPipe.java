package dev.reeve.daemon.process;

import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.Pipe;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import java.util.List;

/// The pipe from a service to its logger. The daemon keeps both ends open for as long as it knows the two, so that
/// nothing that was written is lost when either of them is restarted.
final class LogPipe {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;

    private final Kernel kernel;
    private final Pipe pipe;
    private boolean inputClosed;

    LogPipe(Kernel kernel, Pipe pipe) {
        this.kernel = kernel;
        this.pipe = pipe;
    }

    /// What the programs of the service get.
    List<PassedFd> forProducer() {
        return List.of(new PassedFd(pipe.writeEnd(), STANDARD_OUTPUT));
    }

    /// What the programs of the logger get.
    List<PassedFd> forLogger() {
        return List.of(new PassedFd(pipe.readEnd(), STANDARD_INPUT));
    }

    /// Nothing more will be written by us or by a service that we start: once those that were started have ended, the
    /// logger reads to the end. The service must not be spawned any more.
    void endInput() {
        if (!inputClosed) {
            inputClosed = true;
            kernel.close(pipe.writeEnd());
        }
    }

    void close() {
        endInput();
        kernel.close(pipe.readEnd());
    }
}
