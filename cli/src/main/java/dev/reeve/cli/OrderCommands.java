package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.ServiceStatus;
import java.util.List;

/// `start`, `stop` and `restart`, which differ in their [ServiceOrder] alone.
abstract class OrderCommands extends ReeveCommand {

    static final class Start extends OrderCommands {
        private final Flag once = with(Flag.of("--once", "do not start them again when they end"));

        Start(ReeveClient reeve) {
            super(reeve, CommandName.START, "Have services run, and kept running.", ServiceOrder.START);
        }

        @Override
        ServiceOrder order() {
            return once.isGiven() ? ServiceOrder.START_ONCE : super.order();
        }
    }

    static final class Stop extends OrderCommands {
        Stop(ReeveClient reeve) {
            super(reeve, CommandName.STOP, "Have services end, and stay down.", ServiceOrder.STOP);
        }
    }

    static final class Restart extends OrderCommands {
        Restart(ReeveClient reeve) {
            super(
                    reeve,
                    CommandName.RESTART,
                    "Have services end and run again; one that is down is started.",
                    ServiceOrder.RESTART);
        }
    }

    private final ServiceOrder order;
    private final Selection selection = new Selection(this);

    private final Flag wait = with(Flag.of(
            "--wait",
            "wait until it is so: started means ready; with --json, print the services then. Ends with 1 as "
                    + "soon as one has failed or cannot be spawned"));

    private final Waiting waiting = new Waiting(this);

    OrderCommands(ReeveClient reeve, CommandName name, String description, ServiceOrder order) {
        super(reeve, name, description);
        this.order = order;
    }

    ServiceOrder order() {
        return order;
    }

    @Override
    public Integer call() throws ClientFailure {
        if (waiting.isLimited() && !wait.isGiven()) {
            throw wrong("--timeout is for --wait");
        }
        ServiceOrder asked = order();
        try (ControlClient client = reeve.connect()) {
            List<String> names = selection.names(client);
            if (names.isEmpty()) {
                return ExitCode.DONE;
            }
            if (!wait.isGiven()) {
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
