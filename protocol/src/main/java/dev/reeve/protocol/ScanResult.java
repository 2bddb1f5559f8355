package dev.reeve.protocol;

import java.util.List;
import java.util.SequencedMap;

/// What reading the scan directory has led to: services that are new, services whose directories are gone, which
/// end and are forgotten then, services that were renamed (old name to new), and what is wrong with other entries,
/// a sentence each.
public record ScanResult(
        List<String> found, List<String> gone, SequencedMap<String, String> renamed, List<String> problems) {}
