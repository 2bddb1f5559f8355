package dev.reeve.benchmarks.peers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was measured, by scenario and supervisor, and how it is told.
final class Results {
    private final String floor;
    private final String subject;
    private final Map<Scenario, Map<String, Samples>> samples = new LinkedHashMap<>();

    /// All are compared to the supervisors `floor` and `subject`.
    Results(String floor, String subject) {
        this.floor = floor;
        this.subject = subject;
    }

    void add(Scenario scenario, String supervisor, double value) {
        samples.computeIfAbsent(scenario, _ -> new LinkedHashMap<>())
                .computeIfAbsent(supervisor, _ -> new Samples())
                .add(value);
    }

    /// A table for people, a block for each scenario.
    String table() {
        StringBuilder table = new StringBuilder();
        samples.forEach((scenario, bySupervisor) -> {
            line(table, title(scenario), "median", "p99", "p99.9", "max", "x " + floor, "x " + subject, "samples");
            bySupervisor.forEach((supervisor, measured) -> line(
                    table,
                    "  " + supervisor,
                    number(measured.median()),
                    number(measured.quantile(0.99)),
                    number(measured.quantile(0.999)),
                    number(measured.max()),
                    ratio(measured, bySupervisor.get(floor)),
                    ratio(measured, bySupervisor.get(subject)),
                    Integer.toString(measured.count())));
            table.append('\n');
        });
        return table.toString();
    }

    /// JSON, one object a line for each scenario and supervisor.
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        samples.forEach(
                (scenario, bySupervisor) -> bySupervisor.forEach((supervisor, measured) -> rows.add(String.format(
                        Locale.ROOT,
                        "{\"scenario\":\"%s\",\"supervisor\":\"%s\",\"n\":%d,\"unit\":\"%s\",\"median\":%.3f,"
                                + "\"p99\":%.3f,\"p999\":%.3f,\"max\":%.3f,\"samples\":%d}",
                        scenario.name(),
                        supervisor,
                        scenario.services(),
                        scenario.unit(),
                        measured.median(),
                        measured.quantile(0.99),
                        measured.quantile(0.999),
                        measured.max(),
                        measured.count()))));
        return rows;
    }

    private static String ratio(Samples measured, @Nullable Samples base) {
        return base == null || base.median() == 0 ? "-" : number(measured.median() / base.median());
    }

    private static String title(Scenario scenario) {
        return scenario.name() + ", N = " + scenario.services() + ", " + scenario.unit();
    }

    private static void line(StringBuilder table, String first, String... rest) {
        table.append(String.format(Locale.ROOT, "%-50s", first));
        for (String cell : rest) {
            table.append(String.format(Locale.ROOT, "%11s", cell));
        }
        table.append('\n');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
    }
}
