package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.NameBatches;
import dev.reeve.cli.outside.ServiceNames;
import dev.reeve.protocol.Request;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `signal`: any signal to the process of `run`.
@Command(name = "signal", description = "Send a signal to the processes of services.")
final class SignalCommand implements Callable<Integer> {

    private final ReeveClient reeve;

    @Parameters(index = "0", paramLabel = "SIGNAL", description = "by name or number: HUP, SIGUSR1, RTMIN+3, 10")
    private String signal = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "NAME",
            description = "a service, or a pattern such as 'web-*'")
    private List<String> names = List.of();

    SignalCommand(ReeveClient reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws ClientFailure {
        try (ControlClient client = reeve.connect()) {
            for (List<String> batch : NameBatches.of(ServiceNames.expand(client, names))) {
                client.demand(id -> new Request.Signal(id, signal, batch), _ -> {});
            }
            return ExitCode.DONE;
        }
    }
}
