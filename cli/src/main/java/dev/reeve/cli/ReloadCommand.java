package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.NameBatches;
import dev.reeve.protocol.Request;
import java.util.List;

/// `reload`: the signal by which each service reads its configuration anew.
final class ReloadCommand extends ReeveCommand {

    private final Selection selection = new Selection(this);

    ReloadCommand(ReeveClient reeve) {
        super(
                reeve,
                CommandName.RELOAD,
                "Have services read their configuration anew: sends the signal that reload-signal names, or HUP.");
    }

    @Override
    public Integer call() throws ClientFailure {
        try (ControlClient client = reeve.connect()) {
            List<String> names = selection.names(client);
            if (names.isEmpty()) {
                return ExitCode.DONE;
            }
            for (List<String> batch : NameBatches.of(names)) {
                client.demand(id -> new Request.Reload(id, batch), _ -> {});
            }
            return ExitCode.DONE;
        }
    }
}
