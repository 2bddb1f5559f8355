package dev.reeve.daemon.process;

import dev.reeve.bridge.Datagram;
import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ResourceLimit;
import dev.reeve.bridge.Kernel.SpawnMoment;
import dev.reeve.bridge.SpawnOrder;
import dev.reeve.daemon.log.Log;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Lets the daemon use descriptors up to its hard limit, while its services get the soft limit it was started with.
///
/// A child's limit is that of the daemon at the moment of its clone(2), so the limit is lowered around each spawn,
/// by one thread at a time. A spawn that takes longer than [#PATIENCE_MILLIS] has cloned long ago and waits for its
/// disk: whoever needs the limit then takes it over.
public final class DescriptorLimit {
    private static final int PATIENCE_MILLIS = 20;

    /// How often a call is made: many may spawn at once.
    private static final int TIMES_MAX = 10;

    private static final int DESCRIPTORS_A_SERVICE = 3;
    private static final int RESERVED = 128;

    private final Kernel kernel;
    private final ResourceLimit given;
    private final ResourceLimit own;
    private final Log log;
    private final int descriptorsAService;
    private @Nullable Lowering lowering;

    /// How often the limit was changed: whoever fails may have failed by what is over already.
    private volatile int changes;

    /// Raises the limit of this process.
    public DescriptorLimit(Kernel kernel, Log log) throws ErrnoException {
        this(kernel, log, 0);
    }

    /// The same, where each service takes so many descriptors more, which its [DirectoryHold] has.
    public DescriptorLimit(Kernel kernel, Log log, int heldAService) throws ErrnoException {
        this.kernel = kernel;
        this.descriptorsAService = DESCRIPTORS_A_SERVICE + heldAService;
        this.log = log;
        this.given = kernel.descriptorLimit();
        this.own = new ResourceLimit(given.hard(), given.hard());
        kernel.setDescriptorLimit(own);
    }

    /// How many services the limit has room for. Each takes three descriptors at most, but for moments: its
    /// directory, its process, and its readiness pipe or its end of the pipe to a logger; and those of its
    /// hold. What is left is for the JVM, the clients, and the moments.
    int servicesMax() {
        return own.hard() == ResourceLimit.UNLIMITED
                ? Integer.MAX_VALUE
                : (int) Math.max(0, (own.hard() - RESERVED) / descriptorsAService);
    }

    /// The limit that services get: their descriptors' numbers stay below it.
    long forServices() {
        return given.soft() == ResourceLimit.UNLIMITED ? Integer.MAX_VALUE : given.soft();
    }

    /// [Kernel#spawn], with the limit that services get.
    public int spawn(SpawnOrder order) throws ErrnoException {
        if (given.soft() == given.hard()) {
            return kernel.spawn(order);
        }
        Lowering turn = new Lowering();
        take(turn);
        try {
            return kernel.spawn(order, turn);
        } finally {
            raise(turn);
        }
    }

    /// A turn of the thread that spawns. Until its moment has come the limit stays as it is: descriptors above the
    /// lower one could not be passed on.
    private final class Lowering implements SpawnMoment {
        @Override
        public void begins() throws ErrnoException {
            lower(this);
        }

        @Override
        public void ended() {
            raise(this);
        }
    }

    /// Makes a call that takes a descriptor, and makes it again if it failed only because another thread has
    /// lowered the limit.
    public <T> T taking(Call<T> call) throws ErrnoException {
        for (int times = 1; ; times++) {
            int changesBefore = changes;
            try {
                return call.make();
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EMFILE || times == TIMES_MAX) {
                    throw e;
                }
                if (!waitUntilRaised() && changes == changesBefore) {
                    throw e;
                }
            }
        }
    }

    /// [Kernel#receive], while the limit cannot be lowered: descriptors for which there is no room are lost without an
    /// error.
    synchronized @Nullable Datagram receive(int fd, int bytesMax) throws ErrnoException {
        waitUntilRaised();
        return kernel.receive(fd, bytesMax);
    }

    /// A system call.
    public interface Call<T> {
        T make() throws ErrnoException;
    }

    private synchronized void take(Lowering turn) throws ErrnoException {
        waitUntilRaised();
        lowering = turn;
    }

    /// Where another has taken over the turn meanwhile, it is taken anew.
    private synchronized void lower(Lowering turn) throws ErrnoException {
        if (lowering != turn) {
            awaitTurn();
        }
        change(given);
        lowering = turn;
    }

    /// Where that fails, the limit counts as lowered still, and the next that needs it tries again: the process that
    /// was spawned must not be lost for it.
    private synchronized void raise(Lowering turn) {
        if (lowering == turn) {
            try {
                change(own);
                lowering = null;
                notifyAll();
            } catch (ErrnoException e) {
                log.warning("the limit on descriptors cannot be raised again yet: " + e.getMessage());
            } catch (RuntimeException | Error e) {
                log.bug("raising the limit on descriptors again", e);
            }
        }
    }

    /// Whether the limit had been lowered, and is not any more.
    private synchronized boolean waitUntilRaised() throws ErrnoException {
        if (lowering == null) {
            return false;
        }
        awaitTurn();
        change(own);
        lowering = null;
        notifyAll();
        return true;
    }

    private synchronized void change(ResourceLimit limit) throws ErrnoException {
        kernel.setDescriptorLimit(limit);
        changes++;
    }

    private synchronized void awaitTurn() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        try {
            while (lowering != null) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
