package dev.reeve.cli;

import dev.reeve.cli.outside.Output;
import dev.reeve.cli.outside.Surroundings;
import dev.reeve.protocol.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Services as a table for people: a line each, and more under one that has something to say.
final class StatusTable {

    private static final List<String> HEADER = List.of("NAME", "STATE", "READY", "PID", "SINCE", "EXIT", "RESTARTS");
    private static final int STATE = 1;

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    /// A name may have 251 bytes, and a terminal has not many more columns than this for the whole table.
    private static final int TERMINAL_NAME_WIDTH_MAX = 40;

    private final boolean coloured;
    private final int nameWidthMax;

    StatusTable(Surroundings surroundings) {
        this.coloured = surroundings.coloured();
        // What is not for eyes may be for a program, which needs the whole name.
        this.nameWidthMax = surroundings.onTerminal() ? TERMINAL_NAME_WIDTH_MAX : Integer.MAX_VALUE;
    }

    List<String> lines(List<ServiceStatus> services, Instant now) {
        List<List<String>> rows = new ArrayList<>(services.size());
        int[] widths = new int[HEADER.size()];
        widen(widths, HEADER);
        for (ServiceStatus service : services) {
            List<String> cells = cells(service, now);
            widen(widths, cells);
            rows.add(cells);
        }
        List<String> lines = new ArrayList<>(services.size() + 1);
        lines.add(line(HEADER, widths, ""));
        for (int i = 0; i < rows.size(); i++) {
            ServiceStatus service = services.get(i);
            lines.add(line(rows.get(i), widths, coloured ? colour(service) : ""));
            addRemarks(service, lines);
        }
        return lines;
    }

    private static void addRemarks(ServiceStatus service, List<String> lines) {
        String reason = service.reason();
        if (reason != null) {
            lines.add("  " + Output.printable(reason));
        }
        if (service.once()) {
            lines.add("  it will not be started again when it ends");
        }
        if (service.paused()) {
            lines.add("  it is paused");
        }
        if (service.reloading()) {
            lines.add("  it reads its configuration again");
        }
        String status = service.status();
        if (status != null) {
            lines.add("  it says: " + Output.printable(status));
        }
    }

    private List<String> cells(ServiceStatus service, Instant now) {
        Integer pid = service.pid();
        return List.of(
                Label.shortened(Output.printable(service.name()), nameWidthMax),
                service.phase().word(),
                service.ready() ? "yes" : "no",
                pid == null ? "-" : pid.toString(),
                age(Duration.between(service.since(), now)),
                exit(service.exit()),
                Long.toString(service.restarts()));
    }

    private static String exit(ServiceStatus.@Nullable Exit exit) {
        return switch (exit) {
            case null -> "-";
            case ServiceStatus.Exit.Code(int code) -> Integer.toString(code);
            case ServiceStatus.Exit.Signal(String name) -> Output.printable(name);
        };
    }

    /// A duration in its largest unit, as one reads it at a glance.
    static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < MINUTE) {
            return seconds + "s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + "m";
        }
        return seconds < DAY ? seconds / HOUR + "h" : seconds / DAY + "d";
    }

    /// Every column has room for these cells.
    private static void widen(int[] widths, List<String> cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], Label.width(cells.get(column)));
        }
    }

    private static String line(List<String> cells, int[] widths, String stateColour) {
        StringBuilder line = new StringBuilder();
        int blanks = 0;
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            boolean coloured = column == STATE && !stateColour.isEmpty();
            line.repeat(' ', blanks).append(coloured ? stateColour + cell + PLAIN : cell);
            blanks = widths[column] - Label.width(cell) + 2;
        }
        return line.toString();
    }

    private static String colour(ServiceStatus service) {
        return switch (service.phase()) {
            case UP -> GREEN;
            case STARTING, STOPPING, FINISHING -> YELLOW;
            case BACKING_OFF, FAILED -> RED;
            case DOWN -> "";
        };
    }
}
