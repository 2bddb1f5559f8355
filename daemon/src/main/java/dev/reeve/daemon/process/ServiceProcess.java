package dev.reeve.daemon.process;

import dev.reeve.bridge.PidFd;
import dev.reeve.bridge.PipeEnd;
import dev.reeve.daemon.service.ServiceName;
import org.jspecify.annotations.Nullable;

/// What the kernel holds for one service: its directory, which is its identity, and the process of `run` or of
/// `finish`, of which only one lives at a time.
final class ServiceProcess {
    final ServiceName name;
    final ServiceDirectory directory;

    /// The pipe to its logger, or that from its producer, if there is one.
    final @Nullable LogPipe logPipe;

    @Nullable
    Child child;

    @Nullable
    PipeEnd readiness;

    /// Whether `run` is being spawned.
    boolean spawning;

    ServiceProcess(ServiceDirectory directory, @Nullable LogPipe logPipe) {
        this.name = directory.name();
        this.directory = directory;
        this.logPipe = logPipe;
    }

    /// A process that lives, and the handle that tells its end.
    record Child(int pid, PidFd handle) {}

    /// The process is gone: nothing it held is watched any more.
    void forget() {
        if (child != null) {
            child.handle().close();
        }
        if (readiness != null) {
            readiness.close();
        }
        child = null;
        readiness = null;
    }
}
