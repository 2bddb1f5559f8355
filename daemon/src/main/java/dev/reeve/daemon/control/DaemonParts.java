package dev.reeve.daemon.control;

import dev.reeve.daemon.reactor.LoopStatistics;
import dev.reeve.daemon.reactor.WallTimes;
import dev.reeve.protocol.ScanResult;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What of the daemon clients reach besides the fleet. `rescan` begins to read the scan directory again, and is
/// told what came of it when the facts of it are in the inbox; it answers whether there is such a directory.
/// `descriptors` tells how many the daemon holds, by what they are for. All of it belongs to the loop's thread.
public record DaemonParts(
        DaemonIdentity identity,
        WallTimes times,
        Predicate<Consumer<ScanResult>> rescan,
        LoopStatistics statistics,
        Supplier<Map<String, Long>> descriptors) {}
