package dev.reeve.daemon.s6;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.process.DirectoryGate;
import dev.reeve.daemon.process.DirectoryHold;
import dev.reeve.daemon.process.Spawners;
import dev.reeve.daemon.service.ServiceName;
import java.util.Set;

/// Lets a directory become a service if no other supervisor has it, and makes its `supervise/` and `event/`. Where
/// nothing may be written nothing is made, and the service is supervised all the same.
public final class SuperviseGate implements DirectoryGate {
    /// Descriptors that a service takes with this gate.
    public static final int DESCRIPTORS_A_SERVICE = SuperviseDirectory.DESCRIPTORS;

    static final Set<Integer> CANNOT_WRITE = Set.of(Errno.EROFS, Errno.EACCES, Errno.EPERM, Errno.ENOSPC, Errno.EDQUOT);

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
        try {
            return new SupervisedService(
                    kernel, spawners, log, name, SuperviseDirectory.take(kernel, limit, directoryFd));
        } catch (ErrnoException e) {
            if (!CANNOT_WRITE.contains(e.errno())) {
                throw new CannotHold("its supervise/ and event/ cannot be made or used (" + e.getMessage()
                        + "): put that right, then use reeve rescan, or start reeved with --no-s6-files");
            }
            log.warning("service " + name
                    + ": s6's clients (s6-svc and so on) cannot reach it, since its supervise/ and"
                    + " event/ cannot be made (" + e.getMessage() + "): make them symlinks to where they can be, or do"
                    + " without: reeve does all that they do");
            return DirectoryHold.NONE;
        }
    }
}
