package dev.reeve.cli;

import dev.reeve.cli.outside.ExitCode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The end of a demo, which comes once: by itself, or by a signal while it runs.
final class DemoEnd {

    private final DemoDaemon daemon;
    private final DemoShow show;
    private final Path folder;
    private @Nullable Integer exitCode;

    DemoEnd(DemoDaemon daemon, DemoShow show, Path folder) {
        this.daemon = daemon;
        this.show = show;
        this.folder = folder;
    }

    /// Stops everything, cleans up, and returns the code to end with: `wanted`, if all went in order. Whoever
    /// comes second waits for the first and gets the same.
    synchronized int comeToIt(int wanted) {
        if (exitCode == null) {
            show.sayThatItEnds();
            boolean inOrder = daemon.stop(show.runningPids());
            show.sayThatItEnded(inOrder);
            exitCode = inOrder ? wanted : ExitCode.FAILED;
            DemoDaemon.remove(folder);
        }
        return exitCode;
    }
}
