package dev.reeve.daemon;

import dev.reeve.daemon.process.ScanReport;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.protocol.ScanResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What came of reading the scan directory, in the protocol's words.
final class ScanResults {

    private ScanResults() {}

    static ScanResult of(ScanReport report) {
        SequencedMap<String, String> renamed = new LinkedHashMap<>();
        report.renamed().forEach((from, to) -> renamed.put(from.text(), to.text()));
        return new ScanResult(texts(report.found()), texts(report.vanished()), renamed, report.complaints());
    }

    private static List<String> texts(List<ServiceName> names) {
        return names.stream().map(ServiceName::text).toList();
    }
}
