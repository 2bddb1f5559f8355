package dev.reeve.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The page about a run.
final class Tables {
    private static final String FLOOR = "floor";
    private static final String REEVE = "reeve";

    private final Run run;
    private final List<String> lines = new ArrayList<>();

    Tables(Run run) {
        this.run = run;
    }

    /// How many services those are of which most is known: restarts were counted most often.
    int many() {
        return run.of("restart").stream()
                .filter(row ->
                        row.supervisor().equals(FLOOR) || row.supervisor().equals(REEVE))
                .max((one, other) -> Integer.compare(one.samples(), other.samples()))
                .map(Run.Row::services)
                .orElse(1);
    }

    String page() {
        lines.add("# reeve beside others");
        lines.add("");
        lines.add("One run of all, taking turns. [performance.md](../performance.md) says what is measured, and how.");
        lines.add("");
        line("Machine", about("machine"));
        line("Packages", about("versions"));
        line("Day", about("day"));
        line("To repeat", "`chrt -r 5 bin/bench-peers " + about("arguments") + "`, then `bin/bench-report FILE`");
        run.missing().forEach(words -> line("Missing", words));
        lines.add("");
        targets();
        plots();
        medians();
        latencies();
        return String.join("\n", lines) + "\n";
    }

    private String about(String name) {
        return run.about().getOrDefault(name, "unknown");
    }

    private void line(String name, String words) {
        lines.add("- " + name + ": " + words);
    }

    private void targets() {
        List<String> variants =
                run.verdicts().stream().map(Run.Verdict::supervisor).distinct().toList();
        lines.add("## Targets");
        lines.add("");
        row(Stream.concat(Stream.of("", "to be"), variants.stream()).toList());
        ruler(variants.size() + 2);
        Set<List<String>> targets = new LinkedHashSet<>();
        run.verdicts().forEach(verdict -> targets.add(List.of(verdict.target(), verdict.bound())));
        for (List<String> target : targets) {
            List<String> cells = new ArrayList<>(target);
            for (String variant : variants) {
                cells.add(run.verdicts().stream()
                        .filter(verdict -> verdict.supervisor().equals(variant)
                                && List.of(verdict.target(), verdict.bound()).equals(target))
                        .map(verdict -> number(verdict.value()) + (verdict.met() ? " met" : " **missed**"))
                        .findFirst()
                        .orElse(""));
            }
            row(cells);
        }
        lines.add("");
    }

    private void plots() {
        lines.add("## Plots");
        lines.add("");
        lines.add("![Restart latency, by supervisor](latency.svg)");
        lines.add("");
        lines.add("![Memory over the number of services](memory.svg)");
        lines.add("");
        lines.add("![Start over the number of services](start.svg)");
        lines.add("");
    }

    private void medians() {
        lines.add("## Medians");
        lines.add("");
        List<String> supervisors = run.supervisors();
        row(Stream.concat(Stream.of(""), supervisors.stream()).toList());
        ruler(supervisors.size() + 1);
        Set<List<Object>> scenarios = new LinkedHashSet<>();
        run.rows().forEach(row -> scenarios.add(List.of(row.scenario(), row.services(), row.unit())));
        for (List<Object> scenario : scenarios) {
            String name = (String) scenario.get(0);
            int services = (Integer) scenario.get(1);
            List<String> cells = new ArrayList<>();
            cells.add(name + (services == 0 ? "" : ", N = %,d".formatted(services)) + unit((String) scenario.get(2)));
            for (String supervisor : supervisors) {
                cells.add(run.of(name, services, supervisor)
                        .map(row -> number(row.median()))
                        .orElse(""));
            }
            row(cells);
        }
        lines.add("");
    }

    private static String unit(String unit) {
        return unit.isEmpty() ? "" : ", " + unit;
    }

    /// The tails of what is a latency.
    private void latencies() {
        lines.add("## Restarts, in microseconds");
        lines.add("");
        row(List.of("", "", "median", "p99", "p99.9", "max", "samples", "median x floor"));
        ruler(8);
        for (Run.Row row : run.rows()) {
            if (row.unit().equals("us")) {
                row(List.of(
                        row.scenario() + ", N = %,d".formatted(row.services()),
                        row.supervisor(),
                        number(row.median()),
                        number(row.p99()),
                        number(row.p999()),
                        number(row.max()),
                        Integer.toString(row.samples()),
                        timesFloor(row)));
            }
        }
    }

    private String timesFloor(Run.Row row) {
        Optional<Run.Row> floor = run.of(row.scenario(), row.services(), FLOOR);
        return floor.isPresent() ? number(row.median() / floor.get().median()) : "";
    }

    private void row(List<String> cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    private void ruler(int columns) {
        lines.add("|" + "---|".repeat(columns));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%,.0f", value);
    }
}
