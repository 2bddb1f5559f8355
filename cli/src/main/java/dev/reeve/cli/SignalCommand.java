package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.NameBatches;
import dev.reeve.cli.outside.ServiceNames;
import dev.reeve.protocol.Request;
import java.util.List;

/// `signal`: any signal to the process of `run`.
final class SignalCommand extends ReeveCommand {

    private final Value<String> signal =
            with(Value.ofWord("1", "SIGNAL", String.class, "by name or number: HUP, SIGUSR1, RTMIN+3, 10"));

    private final Value<List<String>> names =
            with(Value.ofWords("1..*", "1..*", "NAME", "a service, or a pattern such as 'web-*'"));

    SignalCommand(ReeveClient reeve) {
        super(reeve, CommandName.SIGNAL, "Send a signal to the processes of services.");
    }

    @Override
    public Integer call() throws ClientFailure {
        try (ControlClient client = reeve.connect()) {
            for (List<String> batch : NameBatches.of(ServiceNames.expand(client, names.or(List.of())))) {
                client.demand(id -> new Request.Signal(id, signal.or(""), batch), _ -> {});
            }
            return ExitCode.DONE;
        }
    }
}
