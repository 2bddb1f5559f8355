package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.failed;

import dev.reeve.bridge.Kernel.SpawnMoment;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Carries out a [SpawnOrder] by posix_spawn(3). The functions of its family answer their errno and leave errno
/// alone.
final class PosixSpawn {
    /// sizeof(posix_spawnattr_t) is 336, sizeof(posix_spawn_file_actions_t) 80, sizeof(sigset_t) 128.
    private static final int ATTRIBUTES_SIZE = 512;
    private static final int ACTIONS_SIZE = 128;
    private static final int SIGNAL_SET_SIZE = 128;

    /// The same for every child, so made once. glibc keeps nothing in it that would want destroying.
    private final NativeMemory attributesMemory = new NativeMemory(ATTRIBUTES_SIZE + SIGNAL_SET_SIZE);

    private final long attributes;

    private final NativeTexts environments = new NativeTexts();

    /// What other calls of the thread leave alone: some are made between the actions and their execution.
    private final ThreadLocal<Actions> actionsOfThread = ThreadLocal.withInitial(Actions::new);

    private static final class Actions {
        private final NativeMemory memory = new NativeMemory(ACTIONS_SIZE);
        private final long address = memory.address(memory.reserve(ACTIONS_SIZE));
    }

    PosixSpawn() {
        attributes = attributesMemory.address(attributesMemory.reserve(ATTRIBUTES_SIZE));
        int set = attributesMemory.reserve(SIGNAL_SET_SIZE);
        long signals = attributesMemory.address(set);
        requireZero(LibcProcesses.posix_spawnattr_init(attributes));
        LibcProcesses.sigemptyset(signals);
        requireZero(LibcProcesses.posix_spawnattr_setsigmask(attributes, signals));
        // sigfillset(3) leaves out the two signals that glibc keeps for itself, and those left out the child
        // ignores.
        for (int i = set; i < set + SIGNAL_SET_SIZE; i++) {
            attributesMemory.bytes().put(i, (byte) -1);
        }
        requireZero(LibcProcesses.posix_spawnattr_setsigdefault(attributes, signals));
        int flags = Libc.POSIX_SPAWN_SETSIGMASK | Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSID;
        requireZero(LibcProcesses.posix_spawnattr_setflags(attributes, (short) flags));
    }

    /// Starts the program and answers its pid.
    int spawn(SpawnOrder order, SpawnMoment moment) throws ErrnoException {
        DescriptorPlan plan = DescriptorPlan.of(order.passed());
        List<Integer> duplicates = new ArrayList<>();
        try {
            return spawn(order, moment, plan, withoutCollisions(plan, duplicates));
        } finally {
            for (int duplicate : duplicates) {
                LibcFiles.close(duplicate);
            }
        }
    }

    /// The plan's first moves, but what another one would take the place of before it is moved itself is moved from
    /// a duplicate out of the way.
    private static List<PassedFd> withoutCollisions(DescriptorPlan plan, List<Integer> duplicates)
            throws ErrnoException {
        List<PassedFd> safe = new ArrayList<>(plan.before().size());
        for (PassedFd fd : plan.before()) {
            if (!isOverwritten(fd.ours(), plan.before())) {
                safe.add(fd);
                continue;
            }
            long duplicate = LibcFiles.fcntl(fd.ours(), Libc.F_DUPFD_CLOEXEC, plan.closedFrom());
            if (duplicate < 0) {
                throw failed("duplicate descriptor " + fd.ours(), duplicate);
            }
            duplicates.add((int) duplicate);
            safe.add(new PassedFd((int) duplicate, fd.theirs()));
        }
        return safe;
    }

    private static boolean isOverwritten(int ours, List<PassedFd> moves) {
        for (PassedFd other : moves) {
            if (other.theirs() == ours && other.ours() != ours) {
                return true;
            }
        }
        return false;
    }

    /// posix_spawn_file_actions_adddup2(3) and its like refuse descriptors above this process's limit, which may be
    /// lower in the child's moment.
    private int spawn(SpawnOrder order, SpawnMoment moment, DescriptorPlan plan, List<PassedFd> before)
            throws ErrnoException {
        String call = "spawn " + order.path();
        long actions = actionsOfThread.get().address;
        requireDone(call, LibcProcesses.posix_spawn_file_actions_init(actions));
        try {
            addActions(call, actions, order.directoryFd(), plan, before);
            moment.begins();
            try {
                return execute(call, order, actions);
            } finally {
                moment.ended();
            }
        } finally {
            LibcProcesses.posix_spawn_file_actions_destroy(actions);
        }
    }

    private int execute(String call, SpawnOrder order, long actions) throws ErrnoException {
        List<byte[]> arguments = new ArrayList<>(order.arguments().size());
        for (String argument : order.arguments()) {
            arguments.add(argument.getBytes(StandardCharsets.UTF_8));
        }
        NativeMemory memory = NativeMemory.ofThread();
        memory.ensureSize(NativeMemory.PATH_MAX
                + Long.BYTES * 2
                + NativeMemory.sizeOf(arguments)
                + NativeMemory.sizeOf(order.environment()));
        long path = memory.path(call, order.path());
        long argv = memory.texts(call, arguments);
        int pid = memory.reserve(Integer.BYTES);
        NativeTexts.Array environment = environments.of(call, order.environment(), memory);
        int errno;
        try {
            do {
                errno = LibcProcesses.posix_spawn(
                        memory.address(pid), path, actions, attributes, argv, environment.address());
            } while (errno == Errno.EINTR);
        } finally {
            Reference.reachabilityFence(environment.memory());
        }
        requireDone(call, errno);
        return memory.bytes().getInt(pid);
    }

    /// What the child does before it executes the program, in this order.
    private static void addActions(
            String call, long actions, int directoryFd, DescriptorPlan plan, List<PassedFd> before)
            throws ErrnoException {
        requireDone(call, LibcProcesses.posix_spawn_file_actions_addfchdir_np(actions, directoryFd));
        for (PassedFd fd : before) {
            // Where both are the same number, glibc takes the close-on-exec flag off.
            requireDone(call, LibcProcesses.posix_spawn_file_actions_adddup2(actions, fd.ours(), fd.theirs()));
        }
        // Close-on-exec flags alone would not do: the JVM opens files without.
        requireDone(call, LibcProcesses.posix_spawn_file_actions_addclosefrom_np(actions, plan.closedFrom()));
        for (PassedFd fd : plan.after()) {
            requireDone(call, LibcProcesses.posix_spawn_file_actions_adddup2(actions, fd.ours(), fd.theirs()));
            requireDone(call, LibcProcesses.posix_spawn_file_actions_addclose(actions, fd.ours()));
        }
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
