package dev.reeve.daemon.simulation;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every call to the kernel that is made on behalf of services fails with every error that Linux has for it and
/// more, several times in a row: in the evening all services run, at the end nothing is left, and the log was told.
/// `-Dseed=N` replays the days.
class SeamFaultSimulationTest {
    /// EINTR is not among them: [Kernel] takes it upon itself.
    private static final List<Integer> ERRNOS =
            List.of(Errno.EMFILE, Errno.ENFILE, Errno.EAGAIN, Errno.ENOMEM, Errno.ENOSPC, Errno.EPERM, Errno.EIO);

    private static final Set<String> MADE_FOR_SERVICES = Set.of(
            "bindDatagramSocket",
            "findAccount",
            "findEndedChild",
            "findGroup",
            "isSameFile",
            "listDirectory",
            "makeDirectoryAt",
            "openDirectory",
            "openDirectoryAt",
            "openLockedAt",
            "openPidfd",
            "openRealDirectoryAt",
            "openSocket",
            "pipe",
            "pipeBetweenChildren",
            "read",
            "readFileAt",
            "reapPid",
            "receive",
            "removeFileAt",
            "sessionOf",
            "setBacklog",
            "setDirectoryModeAt",
            "setDescriptorLimit",
            "setOomScore",
            "signalGroup",
            "signalPidfd",
            "spawn",
            "statusAt",
            "watch",
            "watchEnd");

    /// waitid(2) on a pidfd knows ECHILD alone, when somebody else has reaped the child, and that is no fault that
    /// passes; [dev.reeve.bridge.PidFd] tells it as an end that is not known.
    private static final Set<String> CANNOT_FAIL_FOR_A_WHILE = Set.of(
            "await",
            "close",
            "effectiveUser",
            "environment",
            "monotonicNanos",
            "parentOf",
            "pause",
            "pid",
            "reapPidfd");

    /// Before any service is found, or when all have ended, where that they work is what the daemon needs to
    /// start at all, or by what only says when to look at the scan directory.
    private static final Set<String> MADE_AT_THE_START = Set.of(
            "adoptOrphans",
            "blockedSignals",
            "closeOnExecFrom",
            "descriptorLimit",
            "duplicate",
            "eventfd",
            "inotify",
            "isPassedOn",
            "signalfd",
            "unwatchDirectory",
            "watchDirectory",
            "write");

    /// The loop's own descriptors, which it reads when they are readable: of their errors none can come, and
    /// [dev.reeve.daemon.process.SpawnerThreadsKernelTest] has eventfds fail nevertheless.
    private static final Set<String> MADE_FOR_THE_LOOP =
            Set.of("drainEventfd", "readInotify", "readSignalfd", "signalEventfd");

    /// Made for `supervise/` and `event/`, and one for the file `down`, whose
    /// [dev.reeve.daemon.s6.SuperviseDirectoryKernelTest] has each fail.
    private static final Set<String> MADE_FOR_S6_CLIENTS =
            Set.of("makeFifoAt", "openFifoAt", "readLinkAt", "replaceFileAt", "writeFifoAt");

    /// On most days some process is slow to end, and its whole group is asked about.
    private static final int DAYS_MAX = 20;

    private long seed = Long.getLong("seed", new Random().nextInt(Integer.MAX_VALUE));

    @Test
    void everyCallOfTheSeamIsOneThatIsMadeToFailOrNeedsNot() {
        Set<String> all = Stream.of(Kernel.class, EventLoop.class)
                .flatMap(seam -> Stream.of(seam.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = Stream.of(
                        MADE_FOR_SERVICES,
                        CANNOT_FAIL_FOR_A_WHILE,
                        MADE_AT_THE_START,
                        MADE_FOR_THE_LOOP,
                        MADE_FOR_S6_CLIENTS)
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(known, all);
    }

    @Test
    void whateverFailsForAWhileAllServicesRunInTheEvening() {
        Map<String, Integer> usual = callsOfAUsualDay();
        System.out.println("Days with a fault: -Dseed=" + seed);
        Random random = new Random(seed);
        for (String call : new TreeSet<>(MADE_FOR_SERVICES)) {
            int made = requireNonNull(usual.get(call));
            for (int errno : ERRNOS) {
                // Half of the times while the services are found.
                int first = random.nextBoolean() ? 0 : random.nextInt(made);
                live(new SeamFault(call, errno, first, 1 + random.nextInt(6)), errno);
            }
        }
    }

    /// From the seed on, the first usual day on which each call is made.
    private Map<String, Integer> callsOfAUsualDay() {
        Set<String> neverMade = new TreeSet<>(MADE_FOR_SERVICES);
        for (long end = seed + DAYS_MAX; seed < end; seed++) {
            Map<String, Integer> calls = callsOfTheDay();
            if (calls.keySet().containsAll(MADE_FOR_SERVICES)) {
                return calls;
            }
            neverMade.removeAll(calls.keySet());
        }
        throw new AssertionError("no usual day has all of these calls, and none has " + neverMade);
    }

    private Map<String, Integer> callsOfTheDay() {
        SeamFault none = SeamFault.none();
        FaultDay day = new FaultDay(seed, none);
        day.live();
        assertEquals(List.of(), day.warnings());
        return none.calls();
    }

    private void live(SeamFault fault, int errno) {
        FaultDay day = new FaultDay(seed, fault);
        try {
            day.live();
            assertTrue(fault.failed() > 0, "nothing failed");
            assertTrue(day.warnings().stream().anyMatch(line -> line.contains(nameOf(errno))), "the log was not told");
            // The log counts what is said in the same words: a failure may have its own, and what follows from it.
            long different = day.warnings().stream().distinct().count();
            assertTrue(different <= 2L * fault.failed(), () -> different + " different lines");
        } catch (Throwable failure) {
            throw new AssertionError(
                    "-Dseed=" + seed + ": " + fault + ": " + failure.getMessage() + "\n"
                            + String.join("\n", day.warnings()),
                    failure);
        }
    }

    /// `EMFILE` of `Too many open files (EMFILE)`.
    private static String nameOf(int errno) {
        String words = Errno.describe(errno);
        return words.substring(words.lastIndexOf('(') + 1, words.lastIndexOf(')'));
    }
}
