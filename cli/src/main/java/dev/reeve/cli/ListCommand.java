package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.Output;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `list`: the names.
@Command(name = "list", description = "Name every service; with --json, one string a line.")
final class ListCommand implements Callable<Integer> {

    private final ReeveClient reeve;

    ListCommand(ReeveClient reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws ClientFailure {
        List<ServiceStatus> services;
        try (ControlClient client = reeve.connect()) {
            services = client.demandServices(id -> new Request.Status(id, List.of()))
                    .services();
        }
        for (ServiceStatus service : services) {
            if (reeve.json()) {
                reeve.output().json(ProtocolCodec.encode(service.name()));
            } else {
                reeve.output().line(Output.printable(service.name()));
            }
        }
        return ExitCode.DONE;
    }
}
