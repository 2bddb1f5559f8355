package dev.reeve.cli;

import dev.reeve.protocol.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `rescan`: the scan directory is read again.
@Command(
        name = "rescan",
        description =
                "Have the daemon read its scan directory again: new services are taken up, and what is wrong with "
                        + "any is in its log.")
final class RescanCommand implements Callable<Integer> {

    private final ReeveClient reeve;

    RescanCommand(ReeveClient reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws ClientFailure {
        try (ControlClient client = reeve.connect()) {
            client.demand(Request.Rescan::new, _ -> {});
            return ExitCode.DONE;
        }
    }
}
