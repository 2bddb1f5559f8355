package dev.reeve.daemon.control;

import dev.reeve.daemon.reactor.LoopStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What of the daemon clients reach besides the fleet. `rescan` begins to read the scan directory again, if there
/// is one; `descriptors` tells how many the daemon holds, by what they are for. All of it belongs to the loop's
/// thread.
public record DaemonParts(
        DaemonIdentity identity,
        Optional<Runnable> rescan,
        LoopStatistics statistics,
        Supplier<Map<String, Long>> descriptors) {}
