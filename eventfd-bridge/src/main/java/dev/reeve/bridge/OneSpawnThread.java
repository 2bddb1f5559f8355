package dev.reeve.bridge;

import static dev.reeve.bridge.Libc.C;
import static dev.reeve.bridge.SystemCall.failed;
import static dev.reeve.bridge.SystemCall.retried;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A thread that takes on a child's attributes, spawns it, and ends, so that what it took on ends with it.
///
/// umask(2) after unshare(CLONE_FS), setpriority(2) of 0 and unshare(CLONE_NEWPID) change the calling thread only.
final class OneSpawnThread {
    private static final long STACK_BYTES = 256 * 1024;

    private final PosixSpawn posixSpawn;
    private final SpawnOrder order;
    private int pid;
    private @Nullable ErrnoException failure;
    private @Nullable Throwable mistake;

    private OneSpawnThread(PosixSpawn posixSpawn, SpawnOrder order) {
        this.posixSpawn = posixSpawn;
        this.order = order;
    }

    /// Spawns on a new thread and waits for it.
    static int spawn(PosixSpawn posixSpawn, SpawnOrder order) throws ErrnoException {
        OneSpawnThread spawn = new OneSpawnThread(posixSpawn, order);
        Thread thread = new Thread(null, spawn::run, "one-spawn", STACK_BYTES);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError error) {
            throw new ErrnoException("make a thread (" + error.getMessage() + ")", Errno.EAGAIN);
        }
        joinUninterruptibly(thread);
        return spawn.outcome();
    }

    private int outcome() throws ErrnoException {
        if (failure != null) {
            throw failure;
        }
        if (mistake != null) {
            throw new IllegalStateException("spawning " + order.path(), mistake);
        }
        return pid;
    }

    private void run() {
        try {
            takeOn(order.attributes());
            pid = posixSpawn.spawn(order);
        } catch (ErrnoException e) {
            failure = e;
        } catch (Throwable e) {
            mistake = e;
        }
    }

    private static void takeOn(ProcessAttributes attributes) throws ErrnoException {
        OptionalInt umask = attributes.umask();
        if (umask.isPresent()) {
            required("unshare(CLONE_FS)", retried(() -> C.unshare(Libc.CLONE_FS)));
            C.umask(umask.getAsInt());
        }
        OptionalInt niceness = attributes.niceness();
        if (niceness.isPresent()) {
            required("setpriority", retried(() -> C.setpriority(Libc.PRIO_PROCESS, 0, niceness.getAsInt())));
        }
        if (attributes.ownPidNamespace()) {
            required("unshare(CLONE_NEWPID)", retried(() -> C.unshare(Libc.CLONE_NEWPID)));
        }
    }

    private static void required(String call, long result) throws ErrnoException {
        if (result < 0) {
            throw failed(call, result);
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
