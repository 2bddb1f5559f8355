package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Prints logs: the last lines of each, and then, if they are followed, the lines of all as they come.
final class LogPrinting {
    private static final String[] COLOURS = {"\u001b[36m", "\u001b[33m", "\u001b[32m", "\u001b[35m", "\u001b[34m"};
    private static final String PLAIN = "\u001b[0m";
    private static final int LABEL_WIDTH_MAX = 32;

    private final ReeveClient reeve;
    private final List<NamedLog> logs;
    private final boolean raw;
    private final LogPrinter printer;

    LogPrinting(ReeveClient reeve, List<NamedLog> logs, boolean raw) {
        this.reeve = reeve;
        this.logs = logs;
        this.raw = raw;
        this.printer = new LogPrinter(reeve.output());
    }

    void print(long lines, boolean follow) throws IOException, ClientFailure {
        if (follow) {
            follow(lines);
            return;
        }
        for (NamedLog log : logs) {
            try (LogReader reader = reader(log)) {
                printLast(reader, lines);
                reader.end();
                printer.flush();
            }
        }
    }

    private void follow(long lines) throws IOException, ClientFailure {
        for (NamedLog log : logs) {
            if (log.place().isDeleted()) {
                throw new ClientFailure(
                        ExitCode.FAILED,
                        "the log of " + log.names() + " was deleted and is written nevertheless, so that it cannot be "
                                + "followed: restart what writes it");
            }
        }
        OutputWatch.onceUnread(() -> System.exit(ExitCode.DONE));
        try (LogWatch watch = new LogWatch()) {
            Set<LogReader> due = new LinkedHashSet<>();
            for (NamedLog log : logs) {
                LogReader reader = reader(log);
                watch.add(reader);
                printLast(reader, lines);
                due.add(reader);
            }
            follow(watch, due);
        }
    }

    /// Ends when no log is left that could be followed.
    private void follow(LogWatch watch, Set<LogReader> readers) throws IOException, ClientFailure {
        Set<LogReader> due = readers;
        while (true) {
            Set<LogReader> unfinished = new LinkedHashSet<>();
            for (LogReader reader : due) {
                if (reader.readOn()) {
                    unfinished.add(reader);
                }
            }
            printer.flush();
            for (LogReader reader : watch.takeOrphans()) {
                unfinished.remove(reader);
                reader.close();
                reeve.tell("the folder " + reader.log().folder() + " is gone, and the log in it with it");
            }
            if (unfinished.isEmpty() && watch.isEmpty()) {
                throw new ClientFailure(ExitCode.FAILED, "no log is left to be followed");
            }
            unfinished.addAll(unfinished.isEmpty() ? watch.await() : watch.poll());
            due = unfinished;
        }
    }

    private void printLast(LogReader reader, long lines) throws IOException, ClientFailure {
        Optional<Path> compressed = reader.readLast(lines);
        if (compressed.isPresent()) {
            reeve.tell("older lines are compressed, and not shown: " + compressed.get());
        }
        printer.flush();
    }

    private LogReader reader(NamedLog log) throws IOException {
        return new LogReader(new RotatedLog(log.place().file()), printer.as(format(log)));
    }

    private LogFormat format(NamedLog log) {
        LogPlace place = log.place();
        ZoneId zone = ZoneId.systemDefault();
        if (reeve.json()) {
            return new LogJson(place.shared() ? null : log.names(), place.clock(), zone, raw);
        }
        return new LogText(label(log), place.clock(), zone, reeve.surroundings().onTerminal(), raw);
    }

    /// What stands before each line where there are those of several logs: the name, as wide as the widest.
    private String label(NamedLog log) {
        if (logs.size() == 1) {
            return "";
        }
        boolean onTerminal = reeve.surroundings().onTerminal();
        int widest =
                logs.stream().mapToInt(each -> Label.width(each.label())).max().orElse(0);
        int width = onTerminal ? Math.min(widest, LABEL_WIDTH_MAX) : widest;
        String name = Output.printable(log.label());
        String label = Label.padded(onTerminal ? Label.shortened(name, width) : name, width) + " | ";
        String colour = COLOURS[logs.indexOf(log) % COLOURS.length];
        return reeve.surroundings().coloured() ? colour + label + PLAIN : label;
    }
}
