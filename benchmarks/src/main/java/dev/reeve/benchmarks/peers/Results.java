package dev.reeve.benchmarks.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was measured, by scenario and supervisor, and how it is told.
final class Results {
    /// What of a distribution is told in JSON, from its least to its greatest.
    private static final double[] SHARES = {0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1};

    private final Map<Scenario, Map<String, Samples>> samples = new LinkedHashMap<>();
    private final Set<String> supervisors = new LinkedHashSet<>();

    void add(Scenario scenario, String supervisor, double value) {
        supervisors.add(supervisor);
        samples.computeIfAbsent(scenario, _ -> new LinkedHashMap<>())
                .computeIfAbsent(supervisor, _ -> new Samples())
                .add(value);
    }

    Set<String> supervisors() {
        return supervisors;
    }

    /// Numbers of services with which something like this was measured of the supervisor, the smallest first.
    List<Integer> sizes(Scenario like, String supervisor) {
        return samples.keySet().stream()
                .filter(one ->
                        one.name().equals(like.name()) && of(one, supervisor).isPresent())
                .map(Scenario::services)
                .sorted()
                .toList();
    }

    Optional<Samples> of(Scenario scenario, String supervisor) {
        return Optional.ofNullable(samples.getOrDefault(scenario, Map.of()).get(supervisor));
    }

    OptionalDouble median(Scenario scenario, String supervisor) {
        return of(scenario, supervisor)
                .map(Samples::median)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    /// A table for people, a block for each scenario, each supervisor compared to these.
    String table(List<String> bases) {
        StringBuilder table = new StringBuilder();
        samples.forEach((scenario, bySupervisor) -> {
            List<String> present =
                    bases.stream().filter(bySupervisor::containsKey).toList();
            List<String> head = new ArrayList<>(List.of("median", "p99", "p99.9", "max", "samples"));
            present.forEach(base -> head.add("x " + base));
            line(table, title(scenario), head);
            bySupervisor.forEach((supervisor, measured) -> {
                List<String> cells = new ArrayList<>(List.of(
                        number(measured.median()),
                        number(measured.quantile(0.99)),
                        number(measured.quantile(0.999)),
                        number(measured.max()),
                        Integer.toString(measured.count())));
                present.forEach(base -> cells.add(ratio(measured.median(), bySupervisor.get(base))));
                line(table, "  " + supervisor, cells);
            });
            table.append('\n');
        });
        return table.toString();
    }

    /// JSON, one object a line for each scenario and supervisor.
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        samples.forEach((scenario, bySupervisor) ->
                bySupervisor.forEach((supervisor, measured) -> rows.add(row(scenario, supervisor, measured))));
        return rows;
    }

    private static String row(Scenario scenario, String supervisor, Samples measured) {
        return String.format(
                Locale.ROOT,
                "{\"scenario\":\"%s\",\"supervisor\":\"%s\",\"n\":%d,\"unit\":\"%s\",\"median\":%.3f,\"p99\":%.3f,"
                        + "\"p999\":%.3f,\"max\":%.3f,\"samples\":%d,\"distribution\":[%s]}",
                scenario.name(),
                supervisor,
                scenario.services(),
                scenario.unit(),
                measured.median(),
                measured.quantile(0.99),
                measured.quantile(0.999),
                measured.max(),
                measured.count(),
                Arrays.stream(SHARES)
                        .mapToObj(share -> String.format(Locale.ROOT, "%.3f", measured.quantile(share)))
                        .collect(Collectors.joining(",")));
    }

    private static String ratio(double median, @Nullable Samples base) {
        return base == null || base.median() == 0 ? "-" : number(median / base.median());
    }

    private static String title(Scenario scenario) {
        return scenario.name()
                + (scenario.services() == 0 ? "" : ", N = " + scenario.services())
                + (scenario.unit().isEmpty() ? "" : ", " + scenario.unit());
    }

    private static void line(StringBuilder table, String first, List<String> rest) {
        table.append(String.format(Locale.ROOT, "%-55s", first));
        for (String cell : rest) {
            table.append(String.format(Locale.ROOT, " %10s", cell));
        }
        table.append('\n');
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%.0f", value);
    }
}
