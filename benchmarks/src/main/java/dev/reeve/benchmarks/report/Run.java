package dev.reeve.benchmarks.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `bin/bench-peers --json` has written: about the machine, what was measured, which targets were met, and what is
/// missing, in words.
record Run(Map<String, String> about, List<Row> rows, List<Verdict> verdicts, List<String> missing) {

    /// One scenario under one supervisor with `services` services. `distribution` goes from the least to the greatest.
    record Row(
            String scenario,
            String supervisor,
            int services,
            String unit,
            double median,
            double p99,
            double p999,
            double max,
            int samples,
            List<Double> distribution) {}

    record Verdict(String target, String bound, String supervisor, double value, boolean met) {}

    static Run read(Path json) throws IOException {
        Run run = new Run(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String line : Files.readAllLines(json)) {
            run.add(new Fields(line));
        }
        return run;
    }

    private void add(Fields fields) {
        if (fields.has("scenario")) {
            rows.add(new Row(
                    fields.text("scenario"),
                    fields.text("supervisor"),
                    (int) fields.number("n"),
                    fields.text("unit"),
                    fields.number("median"),
                    fields.number("p99"),
                    fields.number("p999"),
                    fields.number("max"),
                    (int) fields.number("samples"),
                    fields.distribution));
        } else if (fields.has("target")) {
            verdicts.add(new Verdict(
                    fields.text("target"),
                    fields.text("bound"),
                    fields.text("supervisor"),
                    fields.number("value"),
                    fields.text("met").equals("true")));
        } else if (fields.has("missing")) {
            missing.add(fields.text("missing") + " (" + fields.text("why") + ")");
        } else {
            about.putAll(fields.values);
        }
    }

    /// In the order in which they were measured.
    List<String> supervisors() {
        return rows.stream().map(Row::supervisor).distinct().toList();
    }

    List<Row> of(String scenario) {
        return rows.stream().filter(row -> row.scenario().equals(scenario)).toList();
    }

    Optional<Row> of(String scenario, int services, String supervisor) {
        return of(scenario).stream()
                .filter(row -> row.services() == services && row.supervisor().equals(supervisor))
                .findFirst();
    }

    /// One line: an object of texts, numbers and one list of numbers.
    private static final class Fields {
        private final Map<String, String> values = new HashMap<>();
        private final List<Double> distribution = new ArrayList<>();

        Fields(String line) throws IOException {
            try (JsonParser parser = new JsonFactory().createParser(line)) {
                String name = "";
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.FIELD_NAME) {
                        name = parser.getText();
                    } else if (token.isScalarValue()
                            && parser.getParsingContext().inArray()) {
                        distribution.add(parser.getDoubleValue());
                    } else if (token.isScalarValue()) {
                        values.put(name, parser.getText());
                    }
                }
            }
        }

        boolean has(String name) {
            return values.containsKey(name);
        }

        String text(String name) {
            return values.getOrDefault(name, "");
        }

        double number(String name) {
            return Double.parseDouble(values.getOrDefault(name, "NaN"));
        }
    }
}
