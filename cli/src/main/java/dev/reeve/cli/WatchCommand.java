package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.DaemonLine;
import dev.reeve.cli.outside.Deadline;
import dev.reeve.cli.outside.NameBatches;
import dev.reeve.cli.outside.Output;
import dev.reeve.cli.outside.ServiceNames;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// `watch`: every change as it happens.
final class WatchCommand extends ReeveCommand {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final Value<List<String>> names = with(Value.ofWords(
            "0..*",
            "0..*",
            "NAME",
            "a service, or a pattern such as 'web-*', which stands for those there are now; all, and those to "
                    + "come, if none is named"));

    WatchCommand(ReeveClient reeve) {
        super(
                reeve,
                CommandName.WATCH,
                "Print a line for every change, until interrupted; with --json, the daemon's own events.");
    }

    @Override
    public Integer call() throws ClientFailure {
        try (ControlClient client = reeve.connect()) {
            List<String> watched = ServiceNames.expand(client, names.or(List.of()));
            // A second watch would replace the first: many names mean all of them.
            List<String> asked = NameBatches.of(watched).size() == 1 ? watched : List.of();
            client.demandServices(id -> new Request.Watch(id, asked));
            while (true) {
                Optional<DaemonLine> line = client.next(Deadline.NEVER);
                if (line.isPresent() && isAbout(line.get(), watched)) {
                    print(line.get());
                }
            }
        }
    }

    private static boolean isAbout(DaemonLine line, List<String> watched) {
        return watched.isEmpty()
                || switch (line.message()) {
                    case Notice.Changed changed ->
                        watched.contains(changed.service().name());
                    case Notice.Forgotten forgotten -> watched.contains(forgotten.name());
                    default -> true;
                };
    }

    private void print(DaemonLine line) throws ClientFailure {
        if (reeve.json()) {
            byte[] raw = Arrays.copyOf(line.bytes(), line.bytes().length + 1);
            raw[raw.length - 1] = '\n';
            reeve.output().json(raw);
            return;
        }
        if (line.message() instanceof Notice.Changed changed) {
            reeve.output().line(words(changed.service()));
        }
        if (line.message() instanceof Notice.Forgotten(long _, String name)) {
            reeve.output().line(TIME.format(Instant.now()) + " " + Output.printable(name) + " is no service any more");
        }
    }

    private static String words(ServiceStatus service) {
        String state = service.phase().word()
                + (Goal.READY.isReachedBy(service) ? ", ready" : "")
                + (service.pid() == null ? "" : ", pid " + service.pid())
                + (service.reason() == null ? "" : ": " + service.reason());
        return TIME.format(service.since()) + " " + Output.printable(service.name() + " " + state);
    }
}
