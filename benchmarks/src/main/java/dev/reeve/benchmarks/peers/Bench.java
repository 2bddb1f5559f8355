package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Round by round: a single service under every supervisor at once, restarted in turns; then many services under one
/// supervisor after the other, with everything else that is measured.
final class Bench implements AutoCloseable {
    private static final double NANOS_A_MILLI = 1e6;
    private static final int BARE_JVMS = 10;

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
            round("round " + round + " of " + options.rounds() + ": ");
        }
    }

    private void round(String progress) {
        Turns turns = new Turns(work, supervisors, results, watchdog);
        for (int life = 0; life < options.livesAlone(); life++) {
            Watchdog.say(progress + "one service, all supervisors in turns");
            turns.take(Stage.Kind.ANNOUNCING, options.restartsAlone());
        }
        if (options.restartsUnannounced() > 0) {
            Watchdog.say(progress + "one service that announces nothing, all supervisors in turns");
            turns.take(Stage.Kind.QUIET, options.restartsUnannounced());
        }
        SortedSet<Integer> sizes = new TreeSet<>();
        supervisors.forEach(supervisor -> sizes.addAll(options.sizes(supervisor)));
        for (int life = 0; life < options.livesIdle(); life++) {
            for (int size : sizes) {
                Watchdog.say(progress + "start of " + size + " services, and their memory");
                withSize(size, supervisor -> live(supervisor, options.idleLife(size)));
            }
        }
        for (int life = 0; life < options.rescansOfMany(); life++) {
            Watchdog.say(progress + "start of " + options.many() + " services by a rescan");
            supervisors.forEach(this::rescan);
        }
        bareJvm();
        for (int size : sizes.tailSet(options.many() + 1)) {
            withSize(size, supervisor -> {
                Watchdog.say(progress + size + " services: " + supervisor.name());
                live(supervisor, options.lifeOfMost(size));
            });
        }
        for (Supervisor supervisor : supervisors) {
            Watchdog.say(progress + options.many() + " services: " + supervisor.name());
            live(supervisor, options.lifeOfMany(supervisor));
        }
    }

    /// Those who are measured with so many services, and the floor, which they are compared to.
    private void withSize(int services, Consumer<Supervisor> measured) {
        supervisors.stream()
                .filter(one -> one.isFloor() || options.sizes(one).contains(services))
                .forEach(measured);
    }

    private void live(Supervisor supervisor, Life.Plan plan) {
        if (plan.services() <= supervisor.servicesMax()) {
            watchdog.bounded(supervisor.name(), () -> new Life(supervisor, plan, results).measure(work));
        }
    }

    private void rescan(Supervisor supervisor) {
        if (supervisor.rescan().isPresent()) {
            watchdog.bounded(
                    supervisor.name(),
                    () -> rescan(supervisor, supervisor.rescan().get()));
        }
    }

    private void rescan(Supervisor supervisor, Supervisor.Rescan rescan) throws IOException {
        int services = options.many();
        Stage stage = Stage.buildAside(work, services, Stage.Kind.ANNOUNCING);
        try (Supervision supervision = new Supervision(supervisor, stage)) {
            double all = supervision.rescan(rescan).allNanos() / NANOS_A_MILLI;
            results.add(Scenario.startFromRescan(services), supervisor.name(), all);
        }
    }

    private void bareJvm() {
        watchdog.bounded("a bare JVM", () -> {
            for (int i = 0; i < BARE_JVMS; i++) {
                results.add(Scenario.bareJvm(), Supervisors.FLOOR, BareJvm.millis(work.classes()));
            }
        });
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
