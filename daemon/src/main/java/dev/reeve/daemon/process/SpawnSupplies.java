package dev.reeve.daemon.process;

import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import java.util.List;

/// What every errand that spawns needs, and none changes. `environment` is that of the services.
public record SpawnSupplies(Kernel kernel, DescriptorLimit limit, List<byte[]> environment, Log log) {}
