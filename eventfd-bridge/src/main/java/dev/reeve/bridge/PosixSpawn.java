package dev.reeve.bridge;

import static dev.reeve.bridge.Libc.C;
import static dev.reeve.bridge.SystemCall.failed;
import static dev.reeve.bridge.SystemCall.retried;

import dev.reeve.bridge.SpawnOrder.PassedFd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Carries out a [SpawnOrder] by posix_spawn(3). The functions of its family answer their errno and leave errno
/// alone.
final class PosixSpawn {
    /// sizeof(posix_spawnattr_t) is 336, sizeof(posix_spawn_file_actions_t) 80, sizeof(sigset_t) 128.
    private static final int ATTRIBUTES_SIZE = 512;
    private static final int ACTIONS_SIZE = 128;
    private static final int SIGNAL_SET_SIZE = 128;

    private static final int FIRST_UNPASSED = 3;

    /// As many descriptors below the highest passed one are closed one by one; more are left to their close-on-exec
    /// flags.
    private static final int GAPS_MAX = 64;

    /// The same for every child, so made once. glibc keeps nothing in it that would want destroying.
    private final NativeMemory attributesMemory = new NativeMemory(ATTRIBUTES_SIZE + SIGNAL_SET_SIZE);

    private final long attributes;

    PosixSpawn() {
        attributes = attributesMemory.address(attributesMemory.reserve(ATTRIBUTES_SIZE));
        long signals = attributesMemory.address(attributesMemory.reserve(SIGNAL_SET_SIZE));
        requireZero(C.posix_spawnattr_init(attributes));
        C.sigemptyset(signals);
        requireZero(C.posix_spawnattr_setsigmask(attributes, signals));
        C.sigfillset(signals);
        requireZero(C.posix_spawnattr_setsigdefault(attributes, signals));
        int flags = Libc.POSIX_SPAWN_SETSIGMASK | Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSID;
        requireZero(C.posix_spawnattr_setflags(attributes, (short) flags));
    }

    /// Starts the program and answers its pid.
    int spawn(SpawnOrder order) throws ErrnoException {
        List<PassedFd> passed = order.passed();
        int above = FIRST_UNPASSED;
        for (PassedFd fd : passed) {
            above = Math.max(above, fd.theirs() + 1);
        }
        List<Integer> duplicates = new ArrayList<>();
        try {
            return spawn(order, withoutCollisions(passed, above, duplicates), above);
        } finally {
            for (int duplicate : duplicates) {
                C.close(duplicate);
            }
        }
    }

    /// The same descriptors, but what another one would take the place of before it is passed itself, as a
    /// duplicate out of the way.
    private static List<PassedFd> withoutCollisions(List<PassedFd> passed, int above, List<Integer> duplicates)
            throws ErrnoException {
        List<PassedFd> safe = new ArrayList<>(passed.size());
        for (PassedFd fd : passed) {
            if (!isOverwritten(fd.ours(), passed)) {
                safe.add(fd);
                continue;
            }
            long duplicate = retried(() -> C.fcntl(fd.ours(), Libc.F_DUPFD_CLOEXEC, above));
            if (duplicate < 0) {
                throw failed("duplicate descriptor " + fd.ours(), duplicate);
            }
            duplicates.add((int) duplicate);
            safe.add(new PassedFd((int) duplicate, fd.theirs()));
        }
        return safe;
    }

    private static boolean isOverwritten(int ours, List<PassedFd> passed) {
        for (PassedFd other : passed) {
            if (other.theirs() == ours && other.ours() != ours) {
                return true;
            }
        }
        return false;
    }

    private int spawn(SpawnOrder order, List<PassedFd> passed, int above) throws ErrnoException {
        String call = "spawn " + order.path();
        List<byte[]> arguments = new ArrayList<>(order.arguments().size());
        for (String argument : order.arguments()) {
            arguments.add(argument.getBytes(StandardCharsets.UTF_8));
        }
        NativeMemory memory = NativeMemory.ofThread();
        memory.ensureSize(NativeMemory.PATH_MAX
                + ACTIONS_SIZE
                + NativeMemory.sizeOf(arguments)
                + NativeMemory.sizeOf(order.environment()));
        long path = memory.path(call, order.path());
        long argv = memory.texts(call, arguments);
        long envp = memory.texts(call, order.environment());
        long actions = memory.address(memory.reserve(ACTIONS_SIZE));
        int[] pid = new int[1];
        requireDone(call, C.posix_spawn_file_actions_init(actions));
        try {
            addActions(call, actions, order.directoryFd(), passed, above);
            int errno;
            do {
                errno = C.posix_spawn(pid, path, actions, attributes, argv, envp);
            } while (errno == Errno.EINTR);
            requireDone(call, errno);
            return pid[0];
        } finally {
            C.posix_spawn_file_actions_destroy(actions);
        }
    }

    /// What the child does before it executes the program, in this order.
    private static void addActions(String call, long actions, int directoryFd, List<PassedFd> passed, int above)
            throws ErrnoException {
        requireDone(call, C.posix_spawn_file_actions_addfchdir_np(actions, directoryFd));
        BitSet kept = new BitSet(above);
        for (PassedFd fd : passed) {
            // Where both are the same number, glibc takes the close-on-exec flag off.
            requireDone(call, C.posix_spawn_file_actions_adddup2(actions, fd.ours(), fd.theirs()));
            kept.set(fd.theirs());
        }
        kept.set(0, FIRST_UNPASSED);
        if (above - kept.cardinality() <= GAPS_MAX) {
            for (int gap = kept.nextClearBit(0); gap < above; gap = kept.nextClearBit(gap + 1)) {
                requireDone(call, C.posix_spawn_file_actions_addclose(actions, gap));
            }
        }
        requireDone(call, C.posix_spawn_file_actions_addclosefrom_np(actions, above));
    }

    private static void requireDone(String call, int errno) throws ErrnoException {
        if (errno != 0) {
            throw new ErrnoException(call, errno);
        }
    }

    /// For what can only fail by a mistake made here.
    private static void requireZero(int errno) {
        if (errno != 0) {
            throw new IllegalStateException("posix_spawnattr: " + Errno.describe(errno));
        }
    }
}
