package dev.reeve.daemon.process;

import dev.reeve.daemon.service.ServiceName;
import java.util.List;
import java.util.SortedMap;

/// What reading the scan directory has led to: services that are new, services whose directories are gone, services
/// that have other names now (old to new), and what is wrong with the rest. Loggers go with their services and are
/// not named.
public record ScanReport(
        List<ServiceName> found,
        List<ServiceName> vanished,
        SortedMap<ServiceName, ServiceName> renamed,
        List<String> complaints) {}
