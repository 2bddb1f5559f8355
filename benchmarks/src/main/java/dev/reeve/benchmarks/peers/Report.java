package dev.reeve.benchmarks.peers;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// A run in JSON, an object a line: what it was taken on, then what was measured.
record Report(String machine, String versions, String arguments) {
    List<String> lines(Results results) {
        List<String> lines = new ArrayList<>();
        lines.add("{\"machine\":\"%s\",\"versions\":\"%s\",\"arguments\":\"%s\",\"day\":\"%s\"}"
                .formatted(machine, versions, arguments, LocalDate.now(ZoneId.systemDefault())));
        lines.addAll(results.rows());
        return lines;
    }
}
