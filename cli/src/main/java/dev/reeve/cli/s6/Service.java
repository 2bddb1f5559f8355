package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import java.util.List;

/// A service that somebody has named by its directory: what its daemon calls it, and the way to that.
///
/// `directory` is as it was typed.
record Service(ControlClient client, String name, String directory) {

    ServiceStatus status() throws ClientFailure, NotSupervised {
        Reply reply = client.ask(id -> new Request.Status(id, List.of(name)), _ -> {});
        return switch (reply) {
            case Reply.Services(long _, long _, List<ServiceStatus> services) -> services.getFirst();
            case Reply.Refused(long _, Reply.Refusal _, String reason) -> throw new NotSupervised(reason);
            case Reply.Accepted _,
                    Reply.Explanations _,
                    Reply.Figures _,
                    Reply.Threads _,
                    Reply.Scanned _,
                    Reply.Version _ -> throw ControlClient.unexpected();
        };
    }
}
