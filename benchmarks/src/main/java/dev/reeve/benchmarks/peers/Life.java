package dev.reeve.benchmarks.peers;

import dev.reeve.bridge.ErrnoException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The life of one supervisor with many services, and what is measured in it, in the order of [#measure].
final class Life {
    private static final double NANOS_A_MICRO = 1e3;
    private static final double NANOS_A_MILLI = 1e6;
    private static final double KIBIBYTES_A_MEBI = 1024;
    private static final Duration EACH_IN_STORM = Duration.ofSeconds(2);

    private final Supervisor supervisor;
    private final Plan plan;
    private final Results results;
    private final String name;
    private final int services;

    /// How much of it is wanted. `settling` is from when all have come up, and again after the load, until it is
    /// looked at; `idle` is for how long nothing happens then, if wake-ups are to be counted.
    record Plan(int services, Duration settling, Duration idle, Load load) {}

    /// What it has to do in between: none of what has 0 or no time. `restartsTime` bounds those who wait a
    /// second before each.
    record Load(int restarts, Duration restartsTime, boolean crashes, Duration storm, int statuses, int roundTrips) {
        static final Load NONE = new Load(0, Duration.ZERO, false, Duration.ZERO, 0, 0);
    }

    Life(Supervisor supervisor, Plan plan, Results results) {
        this.supervisor = supervisor;
        this.plan = plan;
        this.results = results;
        this.name = supervisor.name();
        this.services = plan.services();
    }

    void measure(WorkDirectory work) throws IOException, ErrnoException, InterruptedException {
        Stage stage = Stage.build(work, services, Stage.Kind.ANNOUNCING);
        if (!MemoryGroup.isPossible()) {
            measure(new Supervision(supervisor, stage), Optional.empty());
            return;
        }
        try (MemoryGroup group = new MemoryGroup(work.newName())) {
            group.enter();
            Supervision supervision;
            try {
                supervision = new Supervision(supervisor, stage);
            } finally {
                group.leave();
            }
            measure(supervision, Optional.of(group));
        }
    }

    private void measure(Supervision running, Optional<MemoryGroup> group)
            throws IOException, ErrnoException, InterruptedException {
        try (Supervision supervision = running) {
            start(supervision);
            Pauses inStart = pauses(supervision);
            settle(supervision);
            memory(supervision, group);
            if (!plan.load().equals(Load.NONE)) {
                load(supervision, plan.load());
                settle(supervision);
                proportional(supervision, Scenario.memoryAfterRestarts(services));
            }
            idle(supervision);
            Pauses atEnd = pauses(supervision);
            results.add(Scenario.stop(services), name, supervision.stop() / NANOS_A_MILLI);
            tellPauses(supervision, inStart, atEnd);
        }
    }

    private void start(Supervision supervision) throws IOException {
        Supervision.Started started = supervision.awaitStarted();
        results.add(Scenario.firstSpawn(services), name, started.firstNanos() / NANOS_A_MILLI);
        results.add(Scenario.start(services), name, started.allNanos() / NANOS_A_MILLI);
    }

    private void load(Supervision supervision, Load load) throws IOException, ErrnoException, InterruptedException {
        restarts(supervision, load);
        if (load.crashes()) {
            crashes(supervision);
        }
        if (!load.storm().isZero()) {
            storm(supervision, load.storm());
        }
        if (load.statuses() > 0) {
            settle(supervision);
            status(supervision, load.statuses());
            roundTrips(supervision, load.roundTrips());
        }
    }

    /// Until all that was begun is done: who still works is not idle, and takes the processors from who is
    /// measured.
    private void settle(Supervision supervision) throws IOException, InterruptedException {
        supervision.supervising().awaitIdle();
        Thread.sleep(plan.settling());
    }

    private void restarts(Supervision supervision, Load load) throws IOException, ErrnoException {
        supervision.awaitTurn();
        long until = System.nanoTime() + load.restartsTime().toNanos();
        for (int i = 0; i < load.restarts() && System.nanoTime() < until; i++) {
            supervision.awaitTurn();
            results.add(Scenario.restart(services), name, supervision.restart() / NANOS_A_MICRO);
        }
    }

    private void crashes(Supervision supervision) throws IOException, ErrnoException {
        for (long nanos : supervision.crashAll()) {
            results.add(Scenario.crash(services), name, nanos / NANOS_A_MILLI);
        }
    }

    private void storm(Supervision supervision, Duration time) throws IOException, InterruptedException {
        Duration every = EACH_IN_STORM.dividedBy(services);
        for (long nanos : supervision.storm((int) time.dividedBy(every), every)) {
            results.add(Scenario.storm(services), name, nanos / NANOS_A_MICRO);
        }
    }

    private void status(Supervision supervision, int times) throws IOException, InterruptedException {
        Stage stage = supervision.stage();
        List<String> ofOne = supervisor.status(stage, stage.services().getFirst());
        List<String> ofAll = supervisor.statusOfAll(stage);
        for (int i = 0; i < times && !ofOne.isEmpty(); i++) {
            results.add(Scenario.status(services), name, supervision.time(ofOne) / NANOS_A_MILLI);
            results.add(Scenario.statusOfAll(services), name, supervision.time(ofAll) / NANOS_A_MILLI);
        }
    }

    private void roundTrips(Supervision supervision, int samples) throws IOException {
        if (supervisor.isReeve()) {
            Stage stage = supervision.stage();
            for (double rate : RoundTrips.rates(
                    stage.file("control.sock"), stage.services().getLast(), samples)) {
                results.add(Scenario.roundTrips(services), name, rate);
            }
        }
    }

    private void memory(Supervision supervision, Optional<MemoryGroup> group) throws IOException {
        proportional(supervision, Scenario.memory(services));
        if (group.isPresent()) {
            results.add(Scenario.kernelMemory(services), name, group.get().kernelMebibytes());
            results.add(Scenario.descriptorTables(services), name, supervision.descriptorTableMebibytes());
        }
    }

    private void proportional(Supervision supervision, Scenario scenario) throws IOException {
        double kibibytes = supervision.supervising().proportionalKibibytes();
        results.add(scenario, name, kibibytes / KIBIBYTES_A_MEBI);
    }

    private void idle(Supervision supervision) throws IOException, InterruptedException {
        if (!plan.idle().isZero()) {
            SupervisingProcesses supervising = supervision.supervising();
            SupervisingProcesses.Waits before = supervising.waits();
            Thread.sleep(plan.idle());
            SupervisingProcesses.Waits waits = supervising.waits().since(before);
            double seconds = plan.idle().toSeconds();
            results.add(Scenario.wakeUps(services), name, waits.own() / seconds);
            if (supervisor.isReeve()) {
                results.add(Scenario.wakeUpsOfJvm(services), name, waits.jvms() / seconds);
            }
        }
    }

    /// What there was until a moment: how many collections, and for how long their thread had no processor.
    private record Pauses(int count, long nanosWithoutProcessor) {}

    /// Where there was none, nothing was longer than 0.
    private void tellPauses(Supervision supervision, Pauses inStart, Pauses atEnd) throws IOException {
        if (!supervisor.isReeve()) {
            return;
        }
        Path log = collectorLog(supervision);
        results.add(Scenario.pause(services), name, 0);
        List<Double> pauses = ReeveTree.pauses(log);
        for (int i = 0; i < pauses.size(); i++) {
            Scenario scenario = i < inStart.count() ? Scenario.pauseInStart(services) : Scenario.pause(services);
            results.add(scenario, name, pauses.get(i));
        }
        for (double stopping : ReeveTree.stoppings(log)) {
            results.add(Scenario.stoppingForCollector(services), name, stopping);
        }
        double nanos = atEnd.nanosWithoutProcessor() - inStart.nanosWithoutProcessor();
        results.add(Scenario.collectorWithoutProcessor(services), name, nanos / NANOS_A_MILLI);
    }

    private Pauses pauses(Supervision supervision) throws IOException {
        return supervisor.isReeve()
                ? new Pauses(
                        ReeveTree.pauses(collectorLog(supervision)).size(),
                        supervision.supervising().collectorWithoutProcessor())
                : new Pauses(0, 0);
    }

    private Path collectorLog(Supervision supervision) {
        return supervision.stage().file(ReeveTree.COLLECTOR_LOG);
    }
}
