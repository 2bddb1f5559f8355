package dev.reeve.daemon.process;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.SpawnOrder;
import dev.reeve.daemon.service.Signal;

/// A process that was just spawned, and the pidfd by which it will be reaped.
record SpawnedProcess(int pid, int pidfd) {

    /// Spawns, and opens the pidfd while nobody else can reap the child (see [Reaper]). **Blocks** for as long as
    /// the disk does.
    static SpawnedProcess spawn(SpawnSupplies supplies, SpawnOrder order) throws ErrnoException {
        Kernel kernel = supplies.kernel();
        int pid = supplies.limit().spawn(order);
        try {
            return new SpawnedProcess(pid, supplies.limit().taking(() -> kernel.openPidfd(pid)));
        } catch (ErrnoException | RuntimeException | Error e) {
            // It runs, but could not be watched. It leads a session of its own and is not reaped, so its group has its
            // pid; the reaper takes it as an orphan.
            kill(supplies, pid);
            throw e;
        }
    }

    /// Nobody will watch it: it is killed, and left to the reaper.
    void abandon(Kernel kernel) throws ErrnoException {
        try {
            kernel.signalPidfd(pidfd, Signal.KILL.number());
        } finally {
            kernel.close(pidfd);
        }
    }

    private static void kill(SpawnSupplies supplies, int pid) {
        try {
            supplies.kernel().signalGroup(pid, Signal.KILL.number());
        } catch (ErrnoException e) {
            supplies.log().warning("pid " + pid + " can neither be watched nor killed, and runs on: " + e.getMessage());
        }
    }

    /// Why `file` could not be executed, in words that say what to do.
    static String explain(String file, boolean exists, ErrnoException e) {
        return switch (e.errno()) {
            case Errno.ENOENT ->
                exists
                        ? file + ": what is to execute it does not exist: the interpreter that its #! line names, or,"
                                + " of a program, the loader of the libc that it was built for"
                        : "there is no file " + file + " in the service directory";
            case Errno.EACCES -> file + " may not be executed: is it a regular file, with mode 755?";
            case Errno.ENOEXEC -> file + " is neither a program nor a script that begins with #!";
            case Errno.EAGAIN ->
                file + " could not be executed, because there may be no more processes (EAGAIN): raise pids.max of"
                        + " reeved's control group, ulimit -u or kernel.pid_max, or stop something";
            case Errno.ENOMEM ->
                file + " could not be executed, because there is no memory left (ENOMEM): stop something, or give"
                        + " reeved's control group more";
            default -> file + " could not be executed: " + e.getMessage();
        };
    }
}
