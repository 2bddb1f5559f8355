package dev.reeve.daemon.process;

import dev.reeve.bridge.DatagramFd;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.PidFd;
import dev.reeve.bridge.PipeEnd;
import dev.reeve.daemon.service.Evidence;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.Program;
import dev.reeve.daemon.service.ServiceName;
import org.jspecify.annotations.Nullable;

/// What the kernel holds for one service: its directory, which is its identity, and the process of `run` or of
/// `finish`, of which only one lives at a time.
final class ServiceProcess {
    /// The pipe to its logger, or that from its producer, if there is one.
    final @Nullable LogPipe logPipe;

    DirectoryHold hold;

    final ListeningSockets sockets = new ListeningSockets();

    final StoredDescriptors stored = new StoredDescriptors();

    /// No other service of this daemon has had it, or will.
    final long number;

    ServiceDirectory directory;

    /// The service that reads its output, if there is one.
    @Nullable
    ServiceProcess logger;

    /// Its main process, or that of `finish`.
    @Nullable
    Child child;

    /// The process that was executed as `run`, while it lives and is not the main process.
    @Nullable
    Child leader;

    @Nullable
    PipeEnd readiness;

    /// Where its run says how it is.
    @Nullable
    DatagramFd notifications;

    /// Whether there may be a [NotifySocket] of it.
    boolean hasHadNotifySocket;

    /// What is being spawned.
    @Nullable
    Program spawning;

    /// The service whose output it reads, if it is a logger.
    @Nullable
    ServiceProcess producer;

    /// Whether its directory has gone: it is to end.
    boolean leaving;

    /// Whether its file `down` is to be there, as someone asked last.
    boolean keptDown;

    /// Whether an errand is out that makes or removes that file.
    boolean downFileIsWritten;

    /// Whether it is to end, if it is a logger, without reading to the end first.
    boolean endsUnread;

    /// Errands that are out, and use the directory.
    private int errands;

    private boolean forgotten;

    ServiceProcess(long number, ServiceDirectory directory, @Nullable LogPipe logPipe, DirectoryHold hold) {
        this.number = number;
        this.directory = directory;
        this.logPipe = logPipe;
        this.hold = hold;
    }

    /// A process that lives, and the handle that tells its end. It was executed as `program`, unless another process
    /// of the service has named it as the main one.
    record Child(Program program, int pid, PidFd handle, boolean isExecuted) {}

    ServiceName name() {
        return directory.name();
    }

    /// The pid of what was executed as `run`, or where that has ended, of the main process.
    int leaderPid(Child main) {
        return leader == null ? main.pid() : leader.pid();
    }

    boolean isLogger() {
        return name().producer().isPresent();
    }

    /// What there is of it.
    Evidence evidence() {
        if (child != null && !child.handle().isClosed()) {
            return new Evidence.Living(child.program(), new Pid(child.pid()));
        }
        return spawning == null ? new Evidence.Nothing() : new Evidence.BeingSpawned(spawning);
    }

    /// Whether a program of its producer runs, or is being spawned, that has the pipe between them.
    boolean isWrittenTo() {
        return producer != null && !(producer.evidence() instanceof Evidence.Nothing);
    }

    boolean isForgotten() {
        return forgotten;
    }

    void errandBegins() {
        errands++;
    }

    void errandEnds(Kernel kernel) {
        errands--;
        closeIfUnused(kernel);
    }

    /// The process is gone: nothing it held is watched any more.
    void ended() {
        if (child != null) {
            child.handle().close();
        }
        if (readiness != null) {
            readiness.close();
        }
        if (notifications != null) {
            notifications.close();
        }
        child = null;
        leader = null;
        readiness = null;
        notifications = null;
    }

    /// The service is gone: its directory is closed, as soon as no errand reads in it any more, and with a logger
    /// the pipe that it read from.
    void forget(Kernel kernel) {
        forgotten = true;
        closeIfUnused(kernel);
    }

    private void closeIfUnused(Kernel kernel) {
        if (!forgotten || errands > 0) {
            return;
        }
        hold.release();
        sockets.closeAll(kernel);
        stored.closeAll();
        kernel.close(directory.fd());
        if (logPipe != null && isLogger()) {
            logPipe.close();
        }
    }
}
