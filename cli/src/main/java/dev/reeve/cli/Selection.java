package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ServiceNames;
import java.util.List;

/// Which services: some by name, or all.
final class Selection {

    private final Value<List<String>> names =
            Value.ofWords("0..*", "1..*", "NAME", "a service, or a pattern such as 'web-*'");

    private final Flag all = Flag.of("--all", "every service there is");

    Selection(ReeveCommand command) {
        command.oneOf("1", names.spec(), all.spec());
    }

    /// The names, each once; all are asked for if `--all` was given.
    List<String> names(ControlClient client) throws ClientFailure {
        return all.isGiven() ? ServiceNames.all(client) : ServiceNames.expand(client, names.or(List.of()));
    }
}
