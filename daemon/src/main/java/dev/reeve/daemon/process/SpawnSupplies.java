package dev.reeve.daemon.process;

import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import java.util.List;

/// What every errand that spawns needs, and none changes. `environment` is that of the services, `output` what they
/// write to if nobody says otherwise; directories become services if they pass the `gate`, and get their sockets from
/// `notifySockets`.
public record SpawnSupplies(
        Kernel kernel,
        DescriptorLimit limit,
        List<byte[]> environment,
        CommonOutput output,
        Log log,
        DirectoryGate gate,
        NotifySockets notifySockets) {

    /// With the daemon's own output, and a gate that is open.
    public SpawnSupplies(
            Kernel kernel, DescriptorLimit limit, List<byte[]> environment, Log log, NotifySockets notifySockets) {
        this(kernel, limit, environment, CommonOutput.INHERITED, log, DirectoryGate.OPEN, notifySockets);
    }
}
