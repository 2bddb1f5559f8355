package dev.reeve.daemon.boot;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Machine;
import dev.reeve.bridge.Machine.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What comes after the loop: everybody is told to end, who does not is killed, everything is written to the disks
/// and unmounted, and the machine ends.
///
/// Nothing of this can make it hang or give up: each step has its limit, what goes wrong with it is told, and the
/// next one follows. What each took is told, too.
public final class TheEnd {
    private static final int KILL = 9;
    private static final int TERM = 15;
    private static final int CONT = 18;

    private final Machine machine;
    private final Remains remains;
    private final LimitedSteps steps;
    private final EndLimits limits;
    private final LongSupplier nanos;
    private final Consumer<String> report;

    TheEnd(
            Machine machine,
            Remains remains,
            LimitedSteps steps,
            EndLimits limits,
            LongSupplier nanos,
            Consumer<String> report) {
        this.machine = machine;
        this.remains = remains;
        this.steps = steps;
        this.limits = limits;
        this.nanos = nanos;
        this.report = report;
    }

    /// The real one. `nanos` is a clock that never goes back.
    public TheEnd(Machine machine, Remains remains, EndLimits limits, LongSupplier nanos, Consumer<String> report) {
        this(machine, remains, LimitedSteps.onThreads(), limits, nanos, report);
    }

    /// What this needs to know and to have done of the machine that comes to its end.
    public interface Remains {

        /// Whether disks and mounts are ours. Those of a container are others', too, and go on without it.
        boolean haveDisks();

        /// The processes that are left, as people know them. **May block.**
        List<String> survivors() throws Exception;

        /// How much was written to files, but is not on a disk yet. **May block.**
        long unwrittenBytes() throws Exception;

        /// What is swapped to, as swapoff(2) wants it. **May block.**
        List<String> swaps() throws Exception;

        /// The text of /proc/mounts. **May block.**
        String mounts() throws Exception;

        /// Runs the script that a machine's owner has written for the very end, waits until it ends, and answers
        /// whether there is one. **Blocks.**
        boolean runFinalScript() throws Exception;
    }

    /// Returns only if the machine cannot be ended, throwing why.
    public void come(Ending ending) throws ErrnoException {
        long begin = nanos.getAsLong();
        endProcesses();
        if (remains.haveDisks()) {
            write();
            stopSwapping();
            unmount();
        }
        runFinalScript();
        if (remains.haveDisks()) {
            write();
        }
        report.accept(words(ending) + " after " + since(begin));
        end(ending);
    }

    private void endProcesses() {
        long begin = nanos.getAsLong();
        if (isNobodyLeft(limits.grace(), TERM, CONT)) {
            report.accept("everybody has ended: " + since(begin));
            return;
        }
        report.accept("not everybody ends by SIGTERM, so SIGKILL follows: " + since(begin));
        long killed = nanos.getAsLong();
        if (isNobodyLeft(limits.killed(), KILL)) {
            report.accept("everybody has been killed: " + since(killed));
        } else {
            report.accept("not even SIGKILL ends " + survivors() + ": " + since(killed));
        }
    }

    private boolean isNobodyLeft(Duration limit, int... signals) {
        try {
            for (int signal : signals) {
                machine.signalAll(signal);
            }
            return steps.begin(this::awaitNobody).isDoneWithin(limit);
        } catch (Exception e) {
            report.accept("cannot tell whether anybody is left: " + e.getMessage());
            return false;
        }
    }

    private void awaitNobody() throws ErrnoException {
        while (machine.awaitAnyChild().isPresent()) {
            // One less.
        }
    }

    private String survivors() {
        List<String> names = new ArrayList<>();
        take("the list of processes", limits.killed(), () -> names.addAll(remains.survivors()));
        return names.isEmpty() ? "some" : String.join(", ", names);
    }

    /// However much there is to write: a slow disk that gets on is waited for, and one that does not answer is not.
    private void write() {
        long begin = nanos.getAsLong();
        try {
            LimitedSteps.UnderWay writing = steps.begin(machine::sync);
            long left = Long.MAX_VALUE;
            while (!writing.isDoneWithin(limits.writingStalled())) {
                long leftBefore = left;
                left = unwrittenBytes();
                if (left >= leftBefore
                        || nanos.getAsLong() - begin > limits.writing().toNanos()) {
                    report.accept("the disks do not take what is left to write: " + since(begin));
                    return;
                }
            }
            report.accept("everything is written to the disks: " + since(begin));
        } catch (Exception e) {
            report.accept("not everything is written to the disks: " + e.getMessage());
        }
    }

    private long unwrittenBytes() throws Exception {
        long[] bytes = {Long.MAX_VALUE};
        take("/proc/meminfo", limits.killed(), () -> bytes[0] = remains.unwrittenBytes());
        return bytes[0];
    }

    /// A file that is swapped to keeps its file system from being unmounted, and even from being made read-only.
    private void stopSwapping() {
        List<String> swaps = new ArrayList<>();
        take("/proc/swaps", limits.unmount(), () -> swaps.addAll(remains.swaps()));
        swaps.forEach(swap -> take("swapoff " + swap, limits.unmount(), () -> machine.stopSwapping(swap)));
    }

    private void unmount() {
        long begin = nanos.getAsLong();
        Unmounting unmounting = new Unmounting(machine, steps, limits, nanos, report);
        String[] mounts = {""};
        take("/proc/mounts", limits.unmount(), () -> mounts[0] = remains.mounts());
        int unmounted = unmounting.unmount(MountPoint.toUnmount(mounts[0]));
        report.accept(unmounted + " file systems unmounted: " + since(begin));
    }

    private void runFinalScript() {
        long begin = nanos.getAsLong();
        boolean[] ran = {false};
        take("rc.shutdown.final", limits.finalScript(), () -> ran[0] = remains.runFinalScript());
        if (ran[0]) {
            report.accept("rc.shutdown.final has run: " + since(begin));
        }
    }

    /// Tells of it only if something goes wrong.
    private void take(String what, Duration limit, LimitedSteps.Step step) {
        try {
            if (!steps.begin(step).isDoneWithin(limit)) {
                report.accept(what + " is left behind: not done after " + limit.toMillis() + " ms");
            }
        } catch (Exception e) {
            report.accept(what + ": " + e.getMessage());
        }
    }

    /// Without a kernel to execute, the machine starts again from its firmware.
    private void end(Ending ending) throws ErrnoException {
        try {
            machine.end(ending);
        } catch (ErrnoException e) {
            if (ending != Ending.KEXEC || e.errno() != Errno.EINVAL) {
                throw e;
            }
            report.accept("no other kernel is loaded, so the machine starts again from its firmware");
            machine.end(Ending.RESTART);
        }
    }

    private static String words(Ending ending) {
        return switch (ending) {
            case RESTART -> "reboot";
            case POWER_OFF -> "power off";
            case HALT -> "halt";
            case KEXEC -> "another kernel";
        };
    }

    private String since(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - begin) + " ms";
    }
}
