package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.DaemonGone;
import dev.reeve.cli.outside.DaemonLine;
import dev.reeve.cli.outside.Deadline;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.protocol.Request;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `shutdown`: every service ends, and then the daemon.
@Command(
        name = "shutdown",
        description = "Have every service end, and then the daemon.",
        footer = {"", "Of a machine's init, the words of shutdown(8):", "  reeve " + LsbShutdown.USAGE})
final class ShutdownCommand implements Callable<Integer> {

    private final ReeveClient reeve;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--wait", description = "wait until the daemon is gone")
    private boolean wait;

    @Mixin
    private Waiting waiting = new Waiting();

    ShutdownCommand(ReeveClient reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws ClientFailure {
        if (waiting.isLimited() && !wait) {
            throw new ParameterException(spec.commandLine(), "--timeout is for --wait");
        }
        Deadline deadline = waiting.deadline();
        try (ControlClient client = reeve.connect()) {
            client.demand(Request.Shutdown::new, _ -> {});
            if (wait) {
                awaitEnd(client, deadline);
            }
            return ExitCode.DONE;
        }
    }

    private void awaitEnd(ControlClient client, Deadline deadline) throws ClientFailure {
        try {
            while (true) {
                Optional<DaemonLine> line = client.next(deadline);
                if (line.isEmpty()) {
                    throw new ClientFailure(
                            ExitCode.TIMED_OUT,
                            "timed out" + waiting.words() + ": the daemon still runs; see reeve status");
                }
            }
        } catch (DaemonGone end) {
            // Which is what was asked for.
        }
    }
}
