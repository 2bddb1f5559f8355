package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.Output;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import java.util.List;

/// `list`: the names.
final class ListCommand extends ReeveCommand {

    ListCommand(ReeveClient reeve) {
        super(reeve, CommandName.LIST, "Name every service; with --json, one string a line.");
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
