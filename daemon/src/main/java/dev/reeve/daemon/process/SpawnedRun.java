package dev.reeve.daemon.process;

import dev.reeve.daemon.service.RunSettings;
import java.util.Optional;

/// A process of `run` that was just spawned, and the ends of what it announces itself by: the `readiness` pipe, or
/// [RunErrand#NONE], and the socket for its notifications, if it has one. `storedMax` is how many descriptors are
/// kept for its next run.
record SpawnedRun(
        SpawnedProcess process,
        int readiness,
        Optional<NotifySocket> notifySocket,
        int storedMax,
        RunSettings settings) {}
