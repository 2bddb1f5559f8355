package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.DaemonGone;
import dev.reeve.cli.outside.DaemonLine;
import dev.reeve.cli.outside.Deadline;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.protocol.Request;
import java.util.Optional;

/// `shutdown`: every service ends, and then the daemon.
final class ShutdownCommand extends ReeveCommand {

    private final Flag wait = with(Flag.of("--wait", "wait until the daemon is gone"));
    private final Waiting waiting = new Waiting(this);

    ShutdownCommand(ReeveClient reeve) {
        super(reeve, CommandName.SHUTDOWN, "Have every service end, and then the daemon.");
        spec().usageMessage()
                .footer("", "Of a machine's init, the words of shutdown(8):", "  reeve " + LsbShutdown.USAGE);
    }

    @Override
    public Integer call() throws ClientFailure {
        if (waiting.isLimited() && !wait.isGiven()) {
            throw wrong("--timeout is for --wait");
        }
        Deadline deadline = waiting.deadline();
        try (ControlClient client = reeve.connect()) {
            client.demand(Request.Shutdown::new, _ -> {});
            if (wait.isGiven()) {
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
