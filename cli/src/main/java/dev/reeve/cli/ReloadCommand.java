package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.NameBatches;
import dev.reeve.protocol.Request;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `reload`: the signal by which each service reads its configuration anew.
@Command(
        name = "reload",
        description = "Have services read their configuration anew: sends the signal that reload-signal names, or HUP.")
final class ReloadCommand implements Callable<Integer> {

    private final ReeveClient reeve;

    @Mixin
    private Selection selection = new Selection();

    ReloadCommand(ReeveClient reeve) {
        this.reeve = reeve;
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
