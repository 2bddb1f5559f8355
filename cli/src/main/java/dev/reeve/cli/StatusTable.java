package dev.reeve.cli;

import dev.reeve.protocol.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Services as a table for people: a line each, and one more under a service that has a reason to give.
final class StatusTable {

    private static final List<String> HEADER = List.of("NAME", "STATE", "READY", "PID", "SINCE", "EXIT", "RESTARTS");
    private static final int STATE = 1;

    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean coloured;

    StatusTable(boolean coloured) {
        this.coloured = coloured;
    }

    List<String> lines(List<ServiceStatus> services, Instant now) {
        List<List<String>> rows =
                services.stream().map(service -> cells(service, now)).toList();
        int[] widths = widths(rows);
        List<String> lines = new ArrayList<>();
        lines.add(line(HEADER, widths, ""));
        for (int i = 0; i < rows.size(); i++) {
            ServiceStatus service = services.get(i);
            lines.add(line(rows.get(i), widths, coloured ? colour(service) : ""));
            String reason = service.reason();
            if (reason != null) {
                lines.add("  " + Output.printable(reason));
            }
        }
        return lines;
    }

    private static List<String> cells(ServiceStatus service, Instant now) {
        Integer pid = service.pid();
        return List.of(
                Output.printable(service.name()),
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
        if (age.isNegative()) {
            return "0s";
        }
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" : age.toSeconds() + "s";
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = HEADER.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            Arrays.setAll(widths, column -> Math.max(widths[column], width(row.get(column))));
        }
        return widths;
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String line(List<String> cells, int[] widths, String stateColour) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            boolean coloured = column == STATE && !stateColour.isEmpty();
            line.append(coloured ? stateColour + cell + PLAIN : cell);
            line.repeat(' ', widths[column] - width(cell) + 2);
        }
        return line.toString().stripTrailing();
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
