package dev.reeve.daemon.boot;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Unmounts everything that a machine has mounted, and makes read-only what is in use to the last: this process's
/// own program lies somewhere, too.
final class Unmounting {
    private static final String ROOT = "/";

    private final Machine machine;
    private final LimitedSteps steps;
    private final EndLimits limits;
    private final LongSupplier nanos;
    private final Consumer<String> report;
    private final long deadline;
    private int unmounted;

    private enum Outcome {
        DONE,
        BUSY,
        /// Nobody knows why, or when: it has been told.
        LEFT
    }

    Unmounting(Machine machine, LimitedSteps steps, EndLimits limits, LongSupplier nanos, Consumer<String> report) {
        this.machine = machine;
        this.steps = steps;
        this.limits = limits;
        this.nanos = nanos;
        this.report = report;
        this.deadline = nanos.getAsLong() + limits.allUnmounts().toNanos();
    }

    /// Answers how many were unmounted.
    int unmount(List<MountPoint> points) {
        List<MountPoint> busy = unmountThoseNotBusy(points);
        // What was in use by one that has been unmounted since is not any more.
        for (MountPoint point : unmountThoseNotBusy(busy)) {
            makeReadOnly(point.target());
        }
        makeReadOnly(ROOT);
        return unmounted;
    }

    private List<MountPoint> unmountThoseNotBusy(List<MountPoint> points) {
        List<MountPoint> busy = new ArrayList<>();
        for (MountPoint point : points) {
            switch (attempt("unmounted", point.target(), () -> unmount(point))) {
                case DONE -> unmounted++;
                case BUSY -> busy.add(point);
                case LEFT -> {}
            }
        }
        return busy;
    }

    private void unmount(MountPoint point) throws ErrnoException {
        if (point.isFromAServer()) {
            machine.abandonMount(point.target());
        } else {
            machine.unmount(point.target());
        }
    }

    private void makeReadOnly(String target) {
        switch (attempt("made read-only", target, () -> machine.makeReadOnly(target))) {
            case DONE -> report.accept(target + " is in use, and read-only now");
            case BUSY -> report.accept(target + " stays writable: a file of it is open to be written");
            case LEFT -> {}
        }
    }

    private Outcome attempt(String what, String target, LimitedSteps.Step step) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - nanos.getAsLong()));
        Duration limit = left.compareTo(limits.unmount()) < 0 ? left : limits.unmount();
        try {
            if (steps.begin(step).isDoneWithin(limit)) {
                return Outcome.DONE;
            }
            report.accept(target + " is left behind: not " + what + " after " + limit.toMillis() + " ms");
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EBUSY) {
                return Outcome.BUSY;
            }
            report.accept(e.getMessage());
        } catch (Exception e) {
            report.accept(target + " is not " + what + ": " + e);
        }
        return Outcome.LEFT;
    }
}
