package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.NameBatches;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `status`: how services are, now.
final class StatusCommand extends ReeveCommand {

    private final NamedOrAll which = new NamedOrAll(this);

    StatusCommand(ReeveClient reeve) {
        super(
                reeve,
                CommandName.STATUS,
                "Tell how services are; with --json, one object a line: name, state, ready, want, pid, since, exit, "
                        + "restarts, and the reason if there is one.");
    }

    @Override
    public Integer call() throws ClientFailure {
        List<ServiceStatus> services = new ArrayList<>();
        try (ControlClient client = reeve.connect()) {
            for (List<String> batch : NameBatches.of(which.names(client))) {
                services.addAll(client.demandServices(id -> new Request.Status(id, batch))
                        .services());
            }
        }
        if (!reeve.json()) {
            reeve.output().lines(new StatusTable(reeve.surroundings()).lines(services, Instant.now()));
            return ExitCode.DONE;
        }
        for (ServiceStatus service : services) {
            reeve.output().json(ProtocolCodec.encode(service));
        }
        return ExitCode.DONE;
    }
}
