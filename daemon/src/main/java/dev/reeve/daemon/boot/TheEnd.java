package dev.reeve.daemon.boot;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Machine;
import dev.reeve.bridge.Machine.Ending;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What comes after the loop: everybody is told to end, who does not is killed, everything is unmounted and written
/// to the disks, and the machine ends.
///
/// Nothing of this can make it hang: each step has its limit, and what it took is told.
public final class TheEnd {
    private static final int TERM = 15;
    private static final int CONT = 18;
    private static final int KILL = 9;

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
    public static TheEnd of(
            Machine machine, Remains remains, EndLimits limits, LongSupplier nanos, Consumer<String> report) {
        return new TheEnd(machine, remains, LimitedSteps.onThreads(), limits, nanos, report);
    }

    /// What of a machine this needs to know when everybody has ended.
    public interface Remains {
        /// The text of /proc/mounts. **May block.**
        String mounts() throws Exception;

        /// Runs the script that a machine's owner has written for the very end, if there is one, and waits until it
        /// ends. **Blocks.**
        void runFinalScript() throws Exception;
    }

    /// Returns only if the machine cannot be ended, throwing why.
    public void come(Ending ending) throws ErrnoException {
        endProcesses();
        take("written to the disks", limits.writing(), machine::sync);
        unmount();
        take("rc.shutdown.final", limits.finalScript(), remains::runFinalScript);
        take("written to the disks", limits.writing(), machine::sync);
        report.accept(
                switch (ending) {
                    case RESTART -> "reboot";
                    case POWER_OFF -> "power off";
                    case HALT -> "halt";
                    case KEXEC -> "execute the other kernel";
                });
        end(ending);
    }

    private void endProcesses() {
        long begin = nanos.getAsLong();
        if (isNobodyLeft("told to end", limits.grace(), TERM, CONT)) {
            report.accept("everybody has ended, after " + since(begin));
            return;
        }
        report.accept("not everybody has ended after " + since(begin) + ": the rest is killed");
        if (!isNobodyLeft("killed", limits.killed(), KILL)) {
            report.accept("not even SIGKILL ends some: what they wait for does not answer");
        }
    }

    private boolean isNobodyLeft(String what, Duration limit, int... signals) {
        try {
            for (int signal : signals) {
                machine.signalAll(signal);
            }
            return steps.isDoneWithin(limit, this::awaitNobody);
        } catch (Exception e) {
            report.accept("not everybody could be " + what + ": " + e.getMessage());
            return false;
        }
    }

    private void awaitNobody() throws ErrnoException {
        while (machine.awaitAnyChild().isPresent()) {
            // One less.
        }
    }

    private void unmount() {
        long begin = nanos.getAsLong();
        Unmounting unmounting = new Unmounting(machine, steps, limits, nanos, report);
        int unmounted = unmounting.unmount(mountPoints());
        report.accept(unmounted + " file systems unmounted, after " + since(begin));
    }

    private List<MountPoint> mountPoints() {
        String[] mounts = {""};
        take("the table of what is mounted", limits.unmount(), () -> mounts[0] = remains.mounts());
        return MountPoint.toUnmount(mounts[0]);
    }

    /// What goes wrong with a step is told, and the next one follows.
    private void take(String what, Duration limit, LimitedSteps.Step step) {
        long begin = nanos.getAsLong();
        try {
            boolean done = steps.isDoneWithin(limit, step);
            report.accept(what + (done ? ": done, after " : ": not done, and left behind after ") + since(begin));
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

    private String since(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - begin) + " ms";
    }
}
