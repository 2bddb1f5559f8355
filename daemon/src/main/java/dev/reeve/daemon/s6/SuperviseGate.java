package dev.reeve.daemon.s6;

import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.process.DirectoryGate;
import dev.reeve.daemon.process.DirectoryHold;
import dev.reeve.daemon.process.Spawners;
import dev.reeve.daemon.service.ServiceName;

/// Lets a directory become a service if no other supervisor has it, and makes its `supervise/` and `event/`.
public final class SuperviseGate implements DirectoryGate {
    /// Descriptors that a service takes with this gate.
    public static final int DESCRIPTORS_A_SERVICE = SuperviseDirectory.DESCRIPTORS;

    private final Kernel kernel;
    private final DescriptorLimit limit;
    private final Spawners spawners;
    private final Log log;

    public SuperviseGate(Kernel kernel, DescriptorLimit limit, Spawners spawners, Log log) {
        this.kernel = kernel;
        this.limit = limit;
        this.spawners = spawners;
        this.log = log;
    }

    @Override
    public DirectoryHold take(ServiceName name, int directoryFd) throws CannotHold {
        return new SupervisedService(kernel, spawners, log, name, SuperviseDirectory.take(kernel, limit, directoryFd));
    }
}
