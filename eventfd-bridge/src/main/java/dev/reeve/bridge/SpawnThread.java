package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.failed;

import dev.reeve.bridge.Kernel.SpawnMoment;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A thread that spawns with a table of descriptors of its own: in it are standard input, output and error as they were
/// when the thread began, the files of the JVM, and for a moment what is passed on, which the kernel copies out of the
/// process's table (pidfd_getfd(2), Linux 5.6).
///
/// Nothing on it may open a file for others to read. So the first is to spawn in the process's table
/// ([#inCommonTable]), by which all that this takes is loaded.
final class SpawnThread {
    static final String NAME = "cloner";

    static final int FIRST_UNPASSED = 3;

    private static final long STACK_BYTES = 256 * 1024;
    private static final int NOT_OPEN = -1;

    /// The JVM opens them when it starts, and jars when a class is looked for in them first.
    private static final int JVM_FILES_END = 64;

    private final PosixSpawn posixSpawn;
    private final boolean hasOwnTable;
    private final BitSet jvmFiles;

    /// What waits to be carried out, or is being carried out.
    private @Nullable Spawn given;

    private boolean isDismissed;

    /// A pidfd of this process, whose main thread has the process's table. Belongs to this thread.
    private int ourselves = NOT_OPEN;

    private SpawnThread(PosixSpawn posixSpawn, boolean hasOwnTable, BitSet jvmFiles) {
        this.posixSpawn = posixSpawn;
        this.hasOwnTable = hasOwnTable;
        this.jvmFiles = jvmFiles;
    }

    /// One that does the same, but in the table of the process.
    static SpawnThread inCommonTable(PosixSpawn posixSpawn) throws NotHere {
        return started(new SpawnThread(posixSpawn, false, new BitSet()));
    }

    static SpawnThread inOwnTable(PosixSpawn posixSpawn) throws NotHere {
        try {
            return started(new SpawnThread(posixSpawn, true, JvmFiles.descriptors(JVM_FILES_END)));
        } catch (IOException e) {
            throw new NotHere(e);
        }
    }

    private static SpawnThread started(SpawnThread spawnThread) throws NotHere {
        Thread thread = new Thread(null, spawnThread::serve, NAME, STACK_BYTES);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            throw new NotHere(new ErrnoException("make a thread (" + e.getMessage() + ")", Errno.EAGAIN));
        }
        return spawnThread;
    }

    /// Nothing was spawned: there is no such thread or table to be had, or descriptors cannot be copied into it.
    static final class NotHere extends Exception {
        private static final long serialVersionUID = 1L;

        NotHere(Throwable cause) {
            super(cause);
        }

        /// Whether it will be so each time: this kernel knows no better, or a sandbox forbids it.
        boolean isForGood() {
            return !(getCause() instanceof ErrnoException cause)
                    || cause.errno() == Errno.ENOSYS
                    || cause.errno() == Errno.EPERM;
        }
    }

    /// An order, and what came of it.
    private static final class Spawn {
        private final SpawnOrder order;
        private final SpawnMoment moment;
        private boolean isDone;
        private int pid;
        private @Nullable ErrnoException failure;
        private @Nullable NotHere notHere;
        private @Nullable Throwable mistake;

        Spawn(SpawnOrder order, SpawnMoment moment) {
            this.order = order;
            this.moment = moment;
        }

        int outcome() throws ErrnoException, NotHere {
            if (failure != null) {
                throw failure;
            }
            if (notHere != null) {
                throw notHere;
            }
            if (mistake != null) {
                throw new IllegalStateException("spawn " + order.path(), mistake);
            }
            return pid;
        }
    }

    /// As [Kernel#spawn]; for one caller at a time.
    int spawn(SpawnOrder order, SpawnMoment moment) throws ErrnoException, NotHere {
        Spawn spawn = new Spawn(order, moment);
        give(spawn);
        return spawn.outcome();
    }

    private synchronized void give(Spawn spawn) {
        given = spawn;
        notifyAll();
        boolean interrupted = false;
        while (!spawn.isDone) {
            try {
                wait();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Has it end.
    synchronized void dismiss() {
        isDismissed = true;
        notifyAll();
    }

    private void serve() {
        for (Spawn spawn = next(); spawn != null; spawn = next()) {
            try {
                carryOut(spawn);
            } catch (ErrnoException | LinkageError e) {
                spawn.notHere = new NotHere(e);
            } catch (Throwable e) {
                spawn.mistake = e;
            }
            done(spawn);
        }
        if (ourselves != NOT_OPEN) {
            LibcFiles.close(ourselves);
        }
    }

    private synchronized @Nullable Spawn next() {
        try {
            while (given == null && !isDismissed) {
                wait();
            }
        } catch (InterruptedException _) {
            return null;
        }
        return given;
    }

    private synchronized void done(Spawn spawn) {
        given = null;
        spawn.isDone = true;
        notifyAll();
    }

    private void carryOut(Spawn spawn) throws ErrnoException {
        if (ourselves == NOT_OPEN) {
            if (hasOwnTable) {
                DescriptorTable.leaveToOtherThreadsBut(jvmFiles, FIRST_UNPASSED);
            }
            ourselves = LinuxChildren.openPidfd(LibcProcesses.getpid());
        }
        List<Integer> copies = new ArrayList<>();
        try {
            SpawnOrder order = inOurNumbers(spawn.order, copies);
            try {
                spawn.pid = posixSpawn.spawn(order, spawn.moment);
            } catch (ErrnoException e) {
                spawn.failure = e;
            }
        } finally {
            for (int copy : copies) {
                LibcFiles.close(copy);
            }
        }
    }

    private SpawnOrder inOurNumbers(SpawnOrder order, List<Integer> copies) throws ErrnoException {
        int directory = copy(order.directoryFd(), copies);
        List<PassedFd> passed = new ArrayList<>(order.passed().size());
        for (PassedFd fd : order.passed()) {
            passed.add(new PassedFd(copy(fd.ours(), copies), fd.theirs()));
        }
        return new SpawnOrder(
                directory, order.path(), order.arguments(), order.environment(), passed, order.attributes());
    }

    private int copy(int fd, List<Integer> copies) throws ErrnoException {
        if (fd < FIRST_UNPASSED) {
            return fd;
        }
        long copy = LibcProcesses.syscall(Libc.SYS_pidfd_getfd, ourselves, fd, 0, 0);
        if (copy < 0) {
            throw failed("copy descriptor " + fd, copy);
        }
        copies.add((int) copy);
        return (int) copy;
    }
}
