package dev.reeve.cli;

import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which services: some by name, or all.
final class Selection {

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Choice choice = new Choice();

    private static final class Choice {
        @Parameters(arity = "1..*", paramLabel = "NAME", description = "a service")
        private List<String> names = List.of();

        @Option(names = "--all", description = "every service there is")
        private boolean all;
    }

    /// The names, each once; all are asked for if `--all` was given.
    List<String> names(ControlClient client) throws ClientFailure {
        Stream<String> names = choice.all
                ? client.demandServices(id -> new Request.Status(id, List.of())).services().stream()
                        .map(ServiceStatus::name)
                : choice.names.stream();
        return names.distinct().toList();
    }
}
