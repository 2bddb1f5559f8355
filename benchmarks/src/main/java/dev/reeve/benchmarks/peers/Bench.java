package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Round by round: a single service under every supervisor at once, restarted in turns; then many services under one
/// supervisor after the other, with everything else that is measured.
final class Bench implements AutoCloseable {
    private static final double NANOS_A_MILLI = 1e6;

    private final WorkDirectory work;
    private final List<Supervisor> supervisors;
    private final BenchOptions options;
    private final Results results;
    private final Watchdog watchdog = new Watchdog();

    Bench(WorkDirectory work, List<Supervisor> supervisors, BenchOptions options, Results results) {
        this.work = work;
        this.supervisors = supervisors;
        this.options = options;
        this.results = results;
    }

    void run() {
        if (!MemoryGroup.isPossible()) {
            Watchdog.say("the kernel's memory is left out: it takes root, and a memory cgroup");
        }
        for (int round = 1; round <= options.rounds(); round++) {
            round("round " + round + " of " + options.rounds() + ": ", round == 1);
        }
    }

    private void round(String progress, boolean isFirst) {
        Turns turns = new Turns(work, supervisors, results, watchdog);
        for (int life = 0; life < options.livesAlone(); life++) {
            Watchdog.say(progress + "one service, all supervisors in turns");
            turns.take(Stage.Kind.ANNOUNCING, options.restartsAlone());
        }
        if (options.restartsUnannounced() > 0) {
            Watchdog.say(progress + "one service that announces nothing, all supervisors in turns");
            turns.take(Stage.Kind.QUIET, options.restartsUnannounced());
        }
        for (int life = 0; life < options.startsOfMany(); life++) {
            Watchdog.say(progress + "start of " + options.many() + " services");
            supervisors.forEach(supervisor -> live(supervisor, options.onlyStart()));
        }
        for (int life = 0; life < options.rescansOfMany(); life++) {
            Watchdog.say(progress + "start of " + options.many() + " services by a rescan");
            supervisors.forEach(this::rescan);
        }
        supervisors.forEach(this::bareJvm);
        if (isFirst) {
            Watchdog.say(progress + "the memory with one service");
            supervisors.forEach(supervisor -> live(supervisor, options.lifeOfOne()));
        }
        if (isFirst) {
            Set<Integer> sizes = new TreeSet<>();
            supervisors.forEach(supervisor -> sizes.add(options.mostUpTo(supervisor.servicesMax())));
            sizes.remove(options.many());
            for (int size : sizes) {
                supervisors.forEach(supervisor -> most(progress, supervisor, size));
            }
        }
        for (Supervisor supervisor : supervisors) {
            Watchdog.say(progress + options.many() + " services: " + supervisor.name());
            live(supervisor, options.lifeOfMany(supervisor));
        }
    }

    /// As many as it can have; and the floor as many as any, to be compared to.
    private void most(String progress, Supervisor supervisor, int services) {
        if (supervisor.name().equals(Supervisors.FLOOR) || options.mostUpTo(supervisor.servicesMax()) == services) {
            Watchdog.say(progress + services + " services: " + supervisor.name());
            live(supervisor, options.lifeOfMost(services));
        }
    }

    private void live(Supervisor supervisor, Life.Plan plan) {
        if (plan.services() <= supervisor.servicesMax()) {
            watchdog.bounded(supervisor, () -> new Life(supervisor, plan, results).measure(work));
        }
    }

    private void rescan(Supervisor supervisor) {
        if (supervisor.rescan().isPresent()) {
            watchdog.bounded(
                    supervisor, () -> rescan(supervisor, supervisor.rescan().get()));
        }
    }

    private void rescan(Supervisor supervisor, Supervisor.Rescan rescan) throws IOException {
        int services = options.many();
        Stage stage = Stage.buildAside(work, services, Stage.Kind.ANNOUNCING);
        try (Supervision supervision = new Supervision(supervisor, work, stage)) {
            double all = supervision.rescan(rescan).allNanos() / NANOS_A_MILLI;
            results.add(Scenario.startFromRescan(services), supervisor.name(), all);
        }
    }

    private void bareJvm(Supervisor supervisor) {
        if (supervisor.reeve().isPresent()) {
            Path java = supervisor.reeve().get().javaHome();
            watchdog.bounded(supervisor, () -> {
                for (int i = 0; i < options.statuses(); i++) {
                    results.add(Scenario.bareJvm(), supervisor.name(), BareJvm.millis(java, work.classes()));
                }
            });
        }
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
