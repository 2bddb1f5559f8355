package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.DaemonLine;
import dev.reeve.cli.outside.Deadline;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.Output;
import dev.reeve.cli.outside.Surroundings;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// What a demo shows: a table that is drawn anew in place on a terminal; elsewhere at the start, once all are ready,
/// and at the end.
final class DemoShow {

    private static final Duration READINESS_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration REDRAW_INTERVAL = Duration.ofSeconds(1);

    private final Surroundings surroundings;
    private final Output output;
    private final StatusTable table;
    private final List<String> names;
    private final Set<String> notReadyYet;
    private final Map<String, ServiceStatus> services = new ConcurrentSkipListMap<>();
    private int drawnLines;
    private volatile boolean ending;

    DemoShow(Surroundings surroundings, Output output, List<String> names) {
        this.surroundings = surroundings;
        this.output = output;
        this.table = new StatusTable(surroundings);
        this.names = names;
        this.notReadyYet = new HashSet<>(names);
    }

    /// What runs, what does not, and how to talk to it.
    void introduce(DemoExamples examples, Path folder) throws ClientFailure {
        String reeve = surroundings.program("reeve") + " --socket " + DemoDaemon.socket(folder);
        output.line("A daemon runs " + String.join(", ", names) + " from " + folder.resolve("services") + ".");
        for (String line : examples.complaint()) {
            output.line(line);
        }
        output.line("Its log is " + DemoDaemon.log(folder) + ". Talk to it from another terminal:");
        output.line("  " + reeve + " status");
        output.line("  " + reeve + " restart --wait ticker");
        output.line("  " + reeve + " watch");
        output.line("Ctrl-C stops everything, in order.");
        output.line("");
    }

    /// Shows the services until the time is up; without one, for ever. Returns 1 if one of them was not ready in time.
    int follow(ControlClient client, @Nullable Duration showFor) throws ClientFailure {
        Deadline readiness = Deadline.after(READINESS_TIMEOUT);
        client.demandServices(id -> new Request.Watch(id, List.of())).services().forEach(this::note);
        draw();
        while (!notReadyYet.isEmpty()) {
            if (readiness.hasPassed()) {
                draw();
                throw new ClientFailure(
                        ExitCode.FAILED,
                        "not ready within " + DurationConverter.words(READINESS_TIMEOUT) + ": "
                                + String.join(", ", notReadyYet));
            }
            step(client, readiness);
        }
        draw();
        Deadline end = showFor == null ? Deadline.NEVER : Deadline.after(showFor);
        while (!end.hasPassed()) {
            step(client, end);
        }
        return ExitCode.DONE;
    }

    /// Those of the services that are known to have a process.
    Collection<Integer> runningPids() {
        return services.values().stream()
                .map(ServiceStatus::pid)
                .filter(Objects::nonNull)
                .toList();
    }

    boolean isEnding() {
        return ending;
    }

    void sayThatItEnds() {
        ending = true;
        if (!services.isEmpty()) {
            surroundings.out().println();
            table.lines(List.copyOf(services.values()), Instant.now()).forEach(surroundings.out()::println);
            surroundings.out().println("Stopping all services …");
            surroundings.out().flush();
        }
    }

    void sayThatItEnded(boolean inOrder) {
        if (inOrder) {
            surroundings.out().println("All have ended, and the daemon too.");
        } else if (!services.isEmpty()) {
            surroundings.out().println("The daemon did not end in order; its services were ended one by one.");
        }
        surroundings.out().flush();
    }

    private void step(ControlClient client, Deadline deadline) throws ClientFailure {
        Deadline redraw = Deadline.after(min(REDRAW_INTERVAL, deadline.remaining()));
        Optional<DaemonLine> line = client.next(surroundings.onTerminal() ? redraw : deadline);
        if (line.isPresent() && line.get().message() instanceof Notice.Changed changed) {
            note(changed.service());
        }
        if (surroundings.onTerminal()) {
            draw();
        }
    }

    private void note(ServiceStatus service) {
        services.put(service.name(), service);
        if (Goal.READY.isReachedBy(service)) {
            notReadyYet.remove(service.name());
        }
    }

    private void draw() throws ClientFailure {
        if (ending) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (surroundings.onTerminal() && drawnLines > 0) {
            // So many lines up, and clear from there.
            text.append("\u001b[").append(drawnLines).append("A\u001b[J");
        }
        List<String> lines = table.lines(List.copyOf(services.values()), Instant.now());
        drawnLines = lines.size();
        output.line(text + String.join("\n", lines) + (surroundings.onTerminal() ? "" : "\n"));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
