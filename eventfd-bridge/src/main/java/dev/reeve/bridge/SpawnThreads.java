package dev.reeve.bridge;

import dev.reeve.bridge.Kernel.SpawnMoment;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.bridge.SpawnThread.NotHere;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Has children made by threads that have next to no descriptors, once the process has many.
///
/// A child begins with a copy of its parent's table, as large as the highest descriptor in it wants: 128 KiB at 16,000.
/// It closes them all before it executes its program, and keeps the table for as long as it lives.
final class SpawnThreads {
    /// Below this a table is copied, and closed, in less time than a thread takes to wake.
    static final int MANY = 256;

    private final PosixSpawn posixSpawn;

    /// As many are kept as have spawned at once. Whoever spawns takes one away meanwhile: that which was last at work.
    private final Deque<SpawnThread> idle = new ConcurrentLinkedDeque<>();

    /// How often standard input, output or error has become another.
    private final AtomicInteger changes = new AtomicInteger();

    /// The highest descriptor that was seen.
    private volatile int highest;

    private volatile boolean isPossible = true;
    private volatile boolean isRehearsed;

    SpawnThreads(PosixSpawn posixSpawn) {
        this.posixSpawn = posixSpawn;
    }

    /// As [Kernel#spawn].
    int spawn(SpawnOrder order, SpawnMoment moment) throws ErrnoException {
        if (!hasMany(order) || !isPossible) {
            return posixSpawn.spawn(order, moment);
        }
        try {
            return spawnApart(order, moment);
        } catch (NotHere e) {
            isPossible &= !e.isForGood();
            return posixSpawn.spawn(order, moment);
        }
    }

    /// Whether there are many by now: the kernel gives the lowest number that is free.
    private boolean hasMany(SpawnOrder order) {
        highest = Math.max(highest, order.directoryFd());
        for (PassedFd fd : order.passed()) {
            highest = Math.max(highest, fd.ours());
        }
        return highest >= MANY;
    }

    private int spawnApart(SpawnOrder order, SpawnMoment moment) throws ErrnoException, NotHere {
        if (!isRehearsed) {
            return rehearse(order, moment);
        }
        int changesBefore = changes.get();
        SpawnThread thread = take();
        try {
            return thread.spawn(order, moment);
        } finally {
            keep(thread, changesBefore);
        }
    }

    /// What changes while it is being kept is seen here, or by who takes it away again.
    private void keep(SpawnThread thread, int changesBefore) {
        if (changes.get() == changesBefore) {
            idle.addFirst(thread);
            if (changes.get() == changesBefore || !idle.remove(thread)) {
                return;
            }
        }
        thread.dismiss();
    }

    private int rehearse(SpawnOrder order, SpawnMoment moment) throws ErrnoException, NotHere {
        SpawnThread thread = SpawnThread.inCommonTable(posixSpawn);
        try {
            int pid = thread.spawn(order, moment);
            isRehearsed = true;
            return pid;
        } finally {
            thread.dismiss();
        }
    }

    private SpawnThread take() throws NotHere {
        @Nullable SpawnThread kept = idle.pollFirst();
        return kept == null ? SpawnThread.inOwnTable(posixSpawn) : kept;
    }

    /// This descriptor is another from now on. Threads that have standard input, output or error as it was before end.
    void descriptorChanged(int fd) {
        if (fd < SpawnThread.FIRST_UNPASSED) {
            changes.incrementAndGet();
            for (SpawnThread outdated = idle.poll(); outdated != null; outdated = idle.poll()) {
                outdated.dismiss();
            }
        }
    }
}
