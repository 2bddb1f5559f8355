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

    /// How much of it is wanted: none of what has 0 or no time.
    ///
    /// `restartsTime` bounds those who wait a second before each.
    record Plan(
            int services,
            int restarts,
            Duration restartsTime,
            boolean crashes,
            Duration storm,
            int statuses,
            Duration settling,
            Duration idle) {}

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
            measure(new Supervision(supervisor, work, stage), Optional.empty());
            return;
        }
        try (MemoryGroup group = new MemoryGroup(work.newName())) {
            group.enter();
            Supervision supervision;
            try {
                supervision = new Supervision(supervisor, work, stage);
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
            restarts(supervision);
            if (plan.crashes()) {
                crashes(supervision);
            }
            if (!plan.storm().isZero()) {
                storm(supervision);
            }
            if (plan.statuses() > 0) {
                status(supervision);
                roundTrips(supervision);
            }
            if (!plan.settling().isZero()) {
                Thread.sleep(plan.settling());
                memory(supervision, group);
                idle(supervision);
            }
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

    private void restarts(Supervision supervision) throws IOException, ErrnoException {
        supervision.awaitTurn();
        long until = System.nanoTime() + plan.restartsTime().toNanos();
        for (int i = 0; i < plan.restarts() && System.nanoTime() < until; i++) {
            supervision.awaitTurn();
            results.add(Scenario.restart(services), name, supervision.restart() / NANOS_A_MICRO);
        }
    }

    private void crashes(Supervision supervision) throws IOException, ErrnoException {
        for (long nanos : supervision.crashAll()) {
            results.add(Scenario.crash(services), name, nanos / NANOS_A_MILLI);
        }
    }

    private void storm(Supervision supervision) throws IOException, InterruptedException {
        Duration every = EACH_IN_STORM.dividedBy(services);
        for (long nanos : supervision.storm((int) plan.storm().dividedBy(every), every)) {
            results.add(Scenario.storm(services), name, nanos / NANOS_A_MICRO);
        }
    }

    private void status(Supervision supervision) throws IOException, InterruptedException {
        if (supervisor.status().isPresent()) {
            Supervisor.Status status = supervisor.status().get();
            for (int i = 0; i < plan.statuses(); i++) {
                results.add(Scenario.status(services), name, supervision.time(status.ofOne()) / NANOS_A_MILLI);
                results.add(Scenario.statusOfAll(services), name, supervision.time(status.ofAll()) / NANOS_A_MILLI);
            }
        }
    }

    private void roundTrips(Supervision supervision) throws IOException {
        if (supervisor.reeve().isPresent()) {
            Stage stage = supervision.stage();
            for (double rate : RoundTrips.rates(
                    stage.file("control.sock"), stage.services().getLast())) {
                results.add(Scenario.roundTrips(services), name, rate);
            }
        }
    }

    private void memory(Supervision supervision, Optional<MemoryGroup> group) throws IOException {
        double kibibytes = supervision.supervising().proportionalKibibytes();
        results.add(Scenario.memory(services), name, kibibytes / KIBIBYTES_A_MEBI);
        if (group.isPresent()) {
            results.add(Scenario.kernelMemory(services), name, group.get().kernelMebibytes());
            results.add(Scenario.descriptorTables(services), name, supervision.descriptorTableMebibytes());
        }
    }

    private void idle(Supervision supervision) throws IOException, InterruptedException {
        if (!plan.idle().isZero()) {
            SupervisingProcesses supervising = supervision.supervising();
            SupervisingProcesses.Waits before = supervising.waits();
            Thread.sleep(plan.idle());
            SupervisingProcesses.Waits waits = supervising.waits().since(before);
            double seconds = plan.idle().toSeconds();
            results.add(Scenario.wakeUps(services), name, waits.own() / seconds);
            if (supervisor.reeve().isPresent()) {
                results.add(Scenario.wakeUpsOfJvm(services), name, waits.jvms() / seconds);
            }
        }
    }

    /// What there was until a moment: how many collections, and for how long their thread had no processor.
    private record Pauses(int count, long nanosWithoutProcessor) {}

    /// Where there was none, nothing was longer than 0.
    private void tellPauses(Supervision supervision, Pauses inStart, Pauses atEnd) throws IOException {
        if (supervisor.reeve().isEmpty()) {
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
        return supervisor.reeve().isPresent()
                ? new Pauses(
                        ReeveTree.pauses(collectorLog(supervision)).size(),
                        supervision.supervising().collectorWithoutProcessor())
                : new Pauses(0, 0);
    }

    private Path collectorLog(Supervision supervision) {
        return supervision.stage().file(supervisor.reeve().orElseThrow().collectorLog());
    }
}
