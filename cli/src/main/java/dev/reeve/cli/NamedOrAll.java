package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ServiceNames;
import java.util.List;

/// Which services: those that are named, or all if none is.
final class NamedOrAll {
    private final Value<List<String>> names;

    NamedOrAll(ReeveCommand command) {
        names = command.with(
                Value.ofWords("0..*", "0..*", "NAME", "a service, or a pattern such as 'web-*'; all if none is named"));
    }

    /// The names, each once; none where all are meant.
    List<String> names(ControlClient client) throws ClientFailure {
        return ServiceNames.expand(client, names.or(List.of()));
    }
}
