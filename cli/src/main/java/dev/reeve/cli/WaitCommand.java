package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.ServiceNames;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.ServiceStatus;
import java.util.List;

/// `wait`: asks for nothing, and ends when it is so.
final class WaitCommand extends ReeveCommand {

    private final Flag up = Flag.of("--up", "the process runs, ready or not");
    private final Flag ready = Flag.of("--ready", "the process runs and is ready (this, if nothing is said)");
    private final Flag down = Flag.of("--down", "no process runs, and none will be started");
    private final Waiting waiting = new Waiting(this);
    private final Value<List<String>> names =
            with(Value.ofWords("0..*", "1..*", "NAME", "a service, or a pattern such as 'web-*'"));

    WaitCommand(ReeveClient reeve) {
        super(reeve, CommandName.WAIT, "Wait until services are ready, or as told; with --json, print them then.");
        oneOf("0..1", up.spec(), ready.spec(), down.spec());
    }

    @Override
    public Integer call() throws ClientFailure {
        try (ControlClient client = reeve.connect()) {
            List<String> once = ServiceNames.expand(client, names.or(List.of()));
            for (ServiceStatus service : new ServiceWait(client, once, goal()).follow(waiting)) {
                if (reeve.json()) {
                    reeve.output().json(ProtocolCodec.encode(service));
                }
            }
            return ExitCode.DONE;
        }
    }

    private Goal goal() {
        if (up.isGiven()) {
            return Goal.UP;
        }
        return down.isGiven() ? Goal.DOWN : Goal.READY;
    }
}
