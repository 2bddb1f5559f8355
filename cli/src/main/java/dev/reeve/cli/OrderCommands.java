package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.ServiceStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `start`, `stop` and `restart`, which differ in their [ServiceOrder] alone.
abstract class OrderCommands implements Callable<Integer> {

    @Command(name = "start", description = "Have services run, and kept running.")
    static final class Start extends OrderCommands {
        @Option(names = "--once", description = "do not start them again when they end")
        private boolean once;

        Start(ReeveClient reeve) {
            super(reeve, ServiceOrder.START);
        }

        @Override
        ServiceOrder order() {
            return once ? ServiceOrder.START_ONCE : super.order();
        }
    }

    @Command(name = "stop", description = "Have services end, and stay down.")
    static final class Stop extends OrderCommands {
        Stop(ReeveClient reeve) {
            super(reeve, ServiceOrder.STOP);
        }
    }

    @Command(name = "restart", description = "Have services end and run again; one that is down is started.")
    static final class Restart extends OrderCommands {
        Restart(ReeveClient reeve) {
            super(reeve, ServiceOrder.RESTART);
        }
    }

    private final ReeveClient reeve;
    private final ServiceOrder order;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Selection selection = new Selection();

    @Option(
            names = "--wait",
            description =
                    "wait until it is so: started means ready; with --json, print the services then. Ends with 1 as "
                            + "soon as one has failed or cannot be spawned")
    private boolean wait;

    @Mixin
    private Waiting waiting = new Waiting();

    OrderCommands(ReeveClient reeve, ServiceOrder order) {
        this.reeve = reeve;
        this.order = order;
    }

    ServiceOrder order() {
        return order;
    }

    @Override
    public Integer call() throws ClientFailure {
        if (waiting.isLimited() && !wait) {
            throw new ParameterException(spec.commandLine(), "--timeout is for --wait");
        }
        ServiceOrder asked = order();
        try (ControlClient client = reeve.connect()) {
            List<String> names = selection.names(client);
            if (names.isEmpty()) {
                return ExitCode.DONE;
            }
            if (!wait) {
                asked.send(client, names, _ -> {});
                return ExitCode.DONE;
            }
            List<ServiceStatus> reached = new ServiceWait(client, names, asked.goal()).askAndFollow(asked, waiting);
            if (reeve.json()) {
                for (ServiceStatus service : reached) {
                    reeve.output().json(ProtocolCodec.encode(service));
                }
            }
            return ExitCode.DONE;
        }
    }
}
