package dev.reeve.bridge;

import dev.reeve.bridge.Kernel.SpawnMoment;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.bridge.SpawnThread.NotHere;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Has children made by threads that have next to no descriptors, once the process has many.
///
/// A child begins with a copy of its parent's table, as large as the highest descriptor in it wants: 128 KiB at 16,000.
/// It closes them all before it executes its program, and keeps the table for as long as it lives.
final class SpawnThreads {
    /// Below this a table is copied, and closed, in less time than a thread takes to wake.
    static final int MANY = 256;

    private final PosixSpawn posixSpawn;

    /// One is kept. Whoever spawns takes it away meanwhile, so that several can.
    private final AtomicReference<@Nullable SpawnThread> idle = new AtomicReference<>();

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
            if (changes.get() != changesBefore || !idle.compareAndSet(null, thread)) {
                thread.dismiss();
            }
        }
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
        @Nullable SpawnThread kept = idle.getAndSet(null);
        return kept == null ? SpawnThread.inOwnTable(posixSpawn) : kept;
    }

    /// This descriptor is another from now on. A thread that has standard input, output or error as it was before ends.
    void descriptorChanged(int fd) {
        if (fd < SpawnThread.FIRST_UNPASSED) {
            changes.incrementAndGet();
            @Nullable SpawnThread outdated = idle.getAndSet(null);
            if (outdated != null) {
                outdated.dismiss();
            }
        }
    }
}
