package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.ServiceNames;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.ServiceStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `wait`: asks for nothing, and ends when it is so.
@Command(name = "wait", description = "Wait until services are ready, or as told; with --json, print them then.")
final class WaitCommand implements Callable<Integer> {

    private final ReeveClient reeve;

    @ArgGroup(exclusive = true)
    private Choice choice = new Choice();

    @Mixin
    private Waiting waiting = new Waiting();

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "a service, or a pattern such as 'web-*'")
    private List<String> names = List.of();

    private static final class Choice {
        @Option(names = "--up", description = "the process runs, ready or not")
        private boolean up;

        @Option(names = "--ready", description = "the process runs and is ready (this, if nothing is said)")
        @SuppressWarnings("UnusedVariable") // what holds anyway
        private boolean ready;

        @Option(names = "--down", description = "no process runs, and none will be started")
        private boolean down;

        Goal goal() {
            if (up) {
                return Goal.UP;
            }
            return down ? Goal.DOWN : Goal.READY;
        }
    }

    WaitCommand(ReeveClient reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws ClientFailure {
        try (ControlClient client = reeve.connect()) {
            List<String> once = ServiceNames.expand(client, names);
            for (ServiceStatus service : new ServiceWait(client, once, choice.goal()).follow(waiting)) {
                if (reeve.json()) {
                    reeve.output().json(ProtocolCodec.encode(service));
                }
            }
            return ExitCode.DONE;
        }
    }
}
