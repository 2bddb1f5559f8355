package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.Output;
import dev.reeve.cli.outside.ServiceNames;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// `tree`: services and their processes.
final class TreeCommand extends ReeveCommand {

    private final NamedOrAll which = new NamedOrAll(this);

    TreeCommand(ReeveClient reeve) {
        super(
                reeve,
                CommandName.TREE,
                "Show services, the processes of each as far as /proc shows them, and its logger below it; with "
                        + "--json, one object a service: service, and processes with pid, parent and command.");
    }

    @Override
    public Integer call() throws ClientFailure {
        try (ControlClient client = reeve.connect()) {
            List<String> wanted = which.names(client);
            List<ServiceStatus> services = selected(
                    client.demandServices(id -> new Request.Status(id, List.of()))
                            .services(),
                    wanted);
            Notice.Greeting daemon = client.greeting();
            ServiceTree tree = new ServiceTree(ProcessTable.read(Path.of("/proc")), daemon.pid());
            if (reeve.json()) {
                for (ServiceStatus service : services) {
                    reeve.output().json(json(service, tree).getBytes(StandardCharsets.UTF_8));
                }
                return ExitCode.DONE;
            }
            reeve.output().line("reeved " + Output.printable(daemon.version()) + ", pid " + daemon.pid());
            for (String line : tree.lines(services)) {
                reeve.output().line(Output.printable(line));
            }
            return ExitCode.DONE;
        }
    }

    /// Those that are wanted, with their loggers.
    private static List<ServiceStatus> selected(List<ServiceStatus> services, List<String> wanted)
            throws ClientFailure {
        ServiceNames.demandKnown(
                wanted, services.stream().map(ServiceStatus::name).toList());
        return services.stream()
                .filter(service -> wanted.isEmpty()
                        || wanted.contains(service.name())
                        || wanted.contains(service.name().replaceFirst("/log$", "")))
                .toList();
    }

    private static String json(ServiceStatus service, ServiceTree tree) {
        String processes = tree.processesOf(service).stream()
                .map(process -> "{\"pid\":" + process.pid() + ",\"parent\":" + process.parent() + ",\"command\":"
                        + text(ProtocolCodec.encode(process.command())) + "}")
                .collect(Collectors.joining(","));
        return "{\"service\":" + text(ProtocolCodec.encode(service)) + ",\"processes\":[" + processes + "]}\n";
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8).strip();
    }
}
