package dev.reeve.daemon.boot;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// A machine near its end: processes that end or do not, file systems that can be unmounted or cannot. What is done
/// to it is noted.
final class FakeMachine implements Machine, TheEnd.Remains {
    static final Duration NEVER = Duration.ofDays(1_000);
    private static final int KILL = 9;
    private static final int TERM = 15;

    final VirtualSteps steps = new VirtualSteps();
    final List<String> done = new ArrayList<>();
    final List<String> reports = new ArrayList<>();
    final List<FakeProcess> processes = new ArrayList<>();
    final List<MountPoint> mounts = new ArrayList<>();
    final List<String> swaps = new ArrayList<>();
    private final Map<String, Behaviour> behaviours = new HashMap<>();
    boolean haveDisks = true;
    boolean haveFinalScript;
    List<Long> unwritten = List.of();

    /// How an operation goes: how long it takes, and the errno it fails by, if that is not 0.
    record Behaviour(Duration takes, int errno) {}

    /// A process that ends so long after each signal.
    static final class FakeProcess {
        final String name;
        private final Duration afterTerm;
        private final Duration afterKill;
        private long end = Long.MAX_VALUE;

        FakeProcess(String name, Duration afterTerm, Duration afterKill) {
            this.name = name;
            this.afterTerm = afterTerm;
            this.afterKill = afterKill;
        }

        private void signal(int signal, long now) {
            Duration after = signal == KILL ? afterKill : signal == TERM ? afterTerm : NEVER;
            if (after.compareTo(NEVER) < 0) {
                end = Math.min(end, now + after.toNanos());
            }
        }
    }

    FakeMachine process(String name, Duration afterTerm, Duration afterKill) {
        processes.add(new FakeProcess(name, afterTerm, afterKill));
        return this;
    }

    FakeMachine mounted(String target, String type) {
        mounts.add(new MountPoint(target, type));
        return this;
    }

    /// From now on this operation (`unmount /srv` for one) never returns, or fails, or takes its time.
    FakeMachine behaves(String operation, Duration takes, int errno) {
        behaviours.put(operation, new Behaviour(takes, errno));
        return this;
    }

    FakeMachine works(String operation) {
        behaviours.remove(operation);
        return this;
    }

    void comeToItsEnd(Ending ending) throws ErrnoException {
        new TheEnd(this, this, steps, EndLimits.USUAL, steps::now, reports::add).come(ending);
    }

    Duration elapsed() {
        return Duration.ofNanos(steps.now());
    }

    private void perform(String operation) throws ErrnoException {
        done.add(operation);
        Behaviour behaviour = behaviours.getOrDefault(operation, new Behaviour(Duration.ZERO, 0));
        if (behaviour.takes().equals(NEVER)) {
            throw steps.hang();
        }
        steps.take(behaviour.takes());
        if (behaviour.errno() != 0) {
            throw new ErrnoException(operation, behaviour.errno());
        }
    }

    @Override
    public boolean signalAll(int signal) throws ErrnoException {
        perform("signal " + signal);
        processes.forEach(process -> process.signal(signal, steps.now()));
        return !processes.isEmpty();
    }

    @Override
    public OptionalInt awaitAnyChild() {
        if (processes.isEmpty()) {
            return OptionalInt.empty();
        }
        FakeProcess first = processes.stream()
                .min(Comparator.comparingLong(process -> process.end))
                .orElseThrow();
        if (first.end == Long.MAX_VALUE) {
            throw steps.hang();
        }
        steps.take(Duration.ofNanos(Math.max(0, first.end - steps.nowInStep())));
        processes.remove(first);
        return OptionalInt.of(2);
    }

    @Override
    public void sync() {
        try {
            perform("sync");
        } catch (ErrnoException e) {
            throw new AssertionError("sync(2) does not fail", e);
        }
    }

    @Override
    public void unmount(String target) throws ErrnoException {
        if (mounts.stream().anyMatch(mount -> mount.target().startsWith(target + "/"))) {
            done.add("unmount " + target);
            throw new ErrnoException("unmount " + target, Errno.EBUSY);
        }
        perform("unmount " + target);
        mounts.remove(mounts.stream()
                .filter(mount -> mount.target().equals(target))
                .reduce((_, later) -> later)
                .orElseThrow());
    }

    @Override
    public void abandonMount(String target) throws ErrnoException {
        perform("abandon " + target);
        mounts.removeIf(mount -> mount.target().equals(target));
    }

    @Override
    public void makeReadOnly(String target) throws ErrnoException {
        perform("read-only " + target);
    }

    @Override
    public void end(Ending ending) throws ErrnoException {
        perform("end " + ending);
    }

    @Override
    public boolean haveDisks() {
        return haveDisks;
    }

    @Override
    public List<String> survivors() throws ErrnoException {
        perform("survivors");
        return processes.stream().map(process -> process.name).toList();
    }

    /// One after the other, and the last one again and again.
    @Override
    public long unwrittenBytes() throws ErrnoException {
        perform("meminfo");
        long bytes = unwritten.getFirst();
        unwritten = unwritten.size() > 1 ? unwritten.subList(1, unwritten.size()) : unwritten;
        return bytes;
    }

    @Override
    public List<String> swaps() {
        return List.copyOf(swaps);
    }

    @Override
    public void stopSwapping(String path) throws ErrnoException {
        perform("swapoff " + path);
    }

    @Override
    public String mounts() throws ErrnoException {
        perform("mounts");
        return mounts.stream()
                .map(mount -> "source " + mount.target() + " " + mount.type() + " rw 0 0\n")
                .collect(Collectors.joining());
    }

    @Override
    public boolean runFinalScript() throws ErrnoException {
        perform("final script");
        return haveFinalScript;
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public void changeDirectory(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setUmask(int mask) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void leadSession() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void takeCtrlAltDel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void takeKeyboardRequest(int signal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int openTerminal(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int openNothing() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void makeNode(String path, int mode, long device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void mount(MountOrder order) {
        throw new UnsupportedOperationException();
    }
}
