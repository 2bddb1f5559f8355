package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ServiceNames;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which services: some by name, or all.
final class Selection {

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Choice choice = new Choice();

    private static final class Choice {
        @Parameters(arity = "1..*", paramLabel = "NAME", description = "a service, or a pattern such as 'web-*'")
        private List<String> names = List.of();

        @Option(names = "--all", description = "every service there is")
        private boolean all;
    }

    /// The names, each once; all are asked for if `--all` was given.
    List<String> names(ControlClient client) throws ClientFailure {
        return choice.all ? ServiceNames.all(client) : ServiceNames.expand(client, choice.names);
    }
}
