package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.required;

import dev.reeve.bridge.Kernel.SpawnMoment;
import java.util.OptionalInt;

/// A thread that takes on a child's attributes, spawns it, and ends, so that what it took on ends with it.
///
/// umask(2) after unshare(CLONE_FS), setpriority(2) of 0 and unshare(CLONE_NEWPID) change the calling thread only.
final class OneSpawnThread {
    private OneSpawnThread() {}

    /// Spawns on a new thread and waits for it.
    static int spawn(PosixSpawn posixSpawn, SpawnOrder order, SpawnMoment moment) throws ErrnoException {
        return OwnThread.call("one-spawn", () -> {
            takeOn(order.attributes());
            return posixSpawn.spawn(order, moment);
        });
    }

    private static void takeOn(ProcessAttributes attributes) throws ErrnoException {
        OptionalInt umask = attributes.umask();
        if (umask.isPresent()) {
            required("unshare(CLONE_FS)", LibcProcesses.unshare(Libc.CLONE_FS));
            LibcFiles.umask(umask.getAsInt());
        }
        OptionalInt niceness = attributes.niceness();
        if (niceness.isPresent()) {
            required("setpriority", LibcProcesses.setpriority(Libc.PRIO_PROCESS, 0, niceness.getAsInt()));
        }
        if (attributes.ownPidNamespace()) {
            required("unshare(CLONE_NEWPID)", LibcProcesses.unshare(Libc.CLONE_NEWPID));
        }
    }
}
