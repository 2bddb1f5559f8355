package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.ServiceNames;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `log`: what services have said, wherever that is kept.
final class LogCommand extends ReeveCommand {
    private static final long LINES = 10;

    private final Value<List<String>> names =
            with(Value.ofWords("0..*", "1..*", "NAME", "a service, or a pattern such as 'web-*'"));

    private final Value<Long> lines = with(Value.ofOption(
            "-n", "LINES", Long.class, "so many lines of each; 10 if nothing is said", new LineCountConverter()));

    private final Flag follow = with(Flag.of("-f", "--follow", "go on with what comes, until interrupted"));
    private final Flag raw = with(Flag.of("--raw", "print the bytes as they are, with labels and control characters"));

    private static final class LineCountConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (!text.matches("\\d{1,18}")) {
                throw new TypeConversionException("'" + text + "' is no number of lines: write 0, 10 or 1000");
            }
            return Long.valueOf(text);
        }
    }

    LogCommand(ReeveClient reeve) {
        super(
                reeve,
                CommandName.LOG,
                "Print the last lines of services' logs, wherever those lie, with a logger or without one; "
                        + "TAI64N labels become local time. With --json, one object a line: service (null where the "
                        + "log is everybody's), line, and at if the line has a stamp.");
    }

    @Override
    public Integer call() throws ClientFailure {
        List<NamedLog> logs = new ArrayList<>();
        int exitCode = find(logs);
        try {
            new LogPrinting(reeve, logs, raw.isGiven()).print(lines.or(LINES), follow.isGiven());
        } catch (AccessDeniedException e) {
            throw new ClientFailure(
                    ExitCode.FAILED,
                    "you may not read " + e.getFile() + ": be root, or the user that the logger runs as");
        } catch (IOException e) {
            throw new ClientFailure(ExitCode.FAILED, "the log cannot be read: " + e);
        }
        return exitCode;
    }

    /// Finds the log of each. One that has none is told of, and does not keep the others from being printed.
    private int find(List<NamedLog> logs) throws ClientFailure {
        Map<String, ServiceStatus> services = new LinkedHashMap<>();
        int daemon;
        List<String> wanted;
        try (ControlClient client = reeve.connect()) {
            for (ServiceStatus service : client.demandServices(id -> new Request.Status(id, List.of()))
                    .services()) {
                services.put(service.name(), service);
            }
            wanted = ServiceNames.expand(client, names.or(List.of()));
            daemon = client.greeting().pid();
        }
        ServiceNames.demandKnown(
                wanted.stream()
                        .filter(name -> !name.equals(LogFinder.CATCH_ALL_LOGGER))
                        .toList(),
                services.keySet());
        LogFinder finder = new LogFinder(Path.of("/proc"), daemon, services);
        Map<Path, NamedLog> found = new LinkedHashMap<>();
        ClientFailure failure = null;
        for (String name : wanted) {
            try {
                LogPlace place = finder.find(name);
                found.merge(place.file(), new NamedLog(List.of(name), place), NamedLog::and);
            } catch (ClientFailure e) {
                if (wanted.size() == 1) {
                    throw e;
                }
                reeve.tell(String.valueOf(e.getMessage()));
                failure = e;
            }
        }
        for (NamedLog log : found.values()) {
            logs.add(log);
            if (log.place().shared()) {
                reeve.tell(log.names() + (log.services().size() == 1 ? " has" : " have")
                        + " no logger: these are the lines of everyone who has none, in "
                        + log.place().file());
            }
        }
        return failure == null ? ExitCode.DONE : failure.exitCode();
    }
}
