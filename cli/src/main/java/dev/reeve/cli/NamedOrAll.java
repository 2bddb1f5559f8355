package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ServiceNames;
import java.util.List;
import picocli.CommandLine.Parameters;

/// Which services: those that are named, or all if none is.
final class NamedOrAll {
    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "a service, or a pattern such as 'web-*'; all if none is named")
    private List<String> names = List.of();

    /// The names, each once; none where all are meant.
    List<String> names(ControlClient client) throws ClientFailure {
        return ServiceNames.expand(client, names);
    }
}
