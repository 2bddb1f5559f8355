package dev.reeve.benchmarks.peers;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// A run in JSON, an object a line: what it was taken on, then what was measured, which targets were met, and what is
/// missing.
record Report(String machine, String versions, String arguments) {
    List<String> lines(Results results, List<Targets.Verdict> verdicts, List<Watchdog.Missing> missing) {
        List<String> lines = new ArrayList<>();
        lines.add("{\"machine\":%s,\"versions\":%s,\"arguments\":%s,\"day\":%s}"
                .formatted(
                        quoted(machine),
                        quoted(versions),
                        quoted(arguments),
                        quoted(LocalDate.now(ZoneId.systemDefault()).toString())));
        lines.addAll(results.rows());
        verdicts.forEach(verdict -> lines.add(verdict.json()));
        missing.forEach(
                one -> lines.add("{\"missing\":%s,\"why\":%s}".formatted(quoted(one.what()), quoted(one.why()))));
        return lines;
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
