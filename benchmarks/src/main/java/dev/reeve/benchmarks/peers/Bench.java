package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Round by round: a single service under every supervisor at once, restarted in turns; then many services under one
/// supervisor after the other, with everything else that is measured.
final class Bench {
    private static final double NANOS_A_MILLI = 1e6;
    private static final int BARE_JVMS = 10;

    private final WorkDirectory work;
    private final List<Supervisor> supervisors;
    private final BenchOptions options;
    private final Results results;
    private final Watchdog watchdog;

    /// What is measured in one go, which bounds itself.
    private record Part(String words, Runnable measurement) {}

    Bench(WorkDirectory work, List<Supervisor> supervisors, BenchOptions options, Results results, Watchdog watchdog) {
        this.work = work;
        this.supervisors = supervisors;
        this.options = options;
        this.results = results;
        this.watchdog = watchdog;
    }

    void run() {
        if (!MemoryGroup.isPossible()) {
            Watchdog.say("the kernel's memory is left out: it takes root, and a memory cgroup");
        }
        List<Part> parts = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            parts.addAll(round(round));
        }
        int number = 0;
        for (Part part : parts) {
            number++;
            if (watchdog.hasTime()) {
                Watchdog.say("%d of %d, %s: %s".formatted(number, parts.size(), watchdog.clock(), part.words()));
            }
            part.measurement().run();
        }
    }

    private List<Part> round(int round) {
        List<Part> parts = new ArrayList<>();
        Turns turns = new Turns(work, results, watchdog);
        for (int life = 0; life < options.livesAlone(); life++) {
            List<Supervisor> ordered = inTurn(supervisors, life + round);
            parts.add(new Part(
                    "one service, all supervisors in turns",
                    () -> turns.take(ordered, Stage.Kind.ANNOUNCING, options.restartsAlone())));
        }
        if (options.restartsUnannounced() > 0) {
            List<Supervisor> ordered = inTurn(supervisors, round);
            parts.add(new Part(
                    "one service that announces nothing, all supervisors in turns",
                    () -> turns.take(ordered, Stage.Kind.QUIET, options.restartsUnannounced())));
        }
        SortedSet<Integer> sizes = new TreeSet<>();
        supervisors.forEach(supervisor -> sizes.addAll(options.sizes(supervisor)));
        for (int life = 0; life < options.livesIdle(); life++) {
            for (int size : sizes) {
                for (Supervisor supervisor : inTurn(measuredWith(size), life + round)) {
                    parts.add(life("start and memory, N = %,d", supervisor, options.idleLife(size)));
                }
            }
        }
        for (int life = 0; life < options.rescansOfMany(); life++) {
            for (Supervisor supervisor : inTurn(supervisors, life + round)) {
                supervisor.rescan().ifPresent(rescan -> parts.add(rescan(supervisor, rescan)));
            }
        }
        parts.add(bareJvm());
        for (int size : sizes.tailSet(options.many() + 1)) {
            for (Supervisor supervisor : inTurn(measuredWith(size), round)) {
                parts.add(life("restarts, N = %,d", supervisor, options.lifeOfMost(size)));
            }
        }
        for (Supervisor supervisor : inTurn(measuredWith(options.many()), round)) {
            parts.add(life("everything, N = %,d", supervisor, options.lifeOfMany(supervisor)));
        }
        return parts;
    }

    /// Every second time in the opposite order, so that nobody always comes after the same one, which may have left
    /// the machine something to do.
    static <T> List<T> inTurn(List<T> all, int time) {
        return time % 2 == 0 ? all : all.reversed();
    }

    /// Those who are measured with so many services, and the floor, which they are compared to.
    private List<Supervisor> measuredWith(int services) {
        return supervisors.stream()
                .filter(one -> one.isFloor() || options.sizes(one).contains(services))
                .filter(one -> services <= one.servicesMax())
                .toList();
    }

    private Part life(String words, Supervisor supervisor, Life.Plan plan) {
        return part(words, plan.services(), supervisor, () -> new Life(supervisor, plan, results).measure(work));
    }

    private Part rescan(Supervisor supervisor, Supervisor.Rescan rescan) {
        return part("start by a rescan, N = %,d", options.many(), supervisor, () -> measure(supervisor, rescan));
    }

    private Part part(String words, int services, Supervisor supervisor, Watchdog.Part part) {
        String what = words.formatted(services) + ": " + supervisor.name();
        return new Part(what, () -> watchdog.bounded(what, part));
    }

    private void measure(Supervisor supervisor, Supervisor.Rescan rescan) throws IOException {
        int services = options.many();
        Stage stage = Stage.buildAside(work, services, Stage.Kind.ANNOUNCING);
        try (Supervision supervision = new Supervision(supervisor, stage)) {
            double all = supervision.rescan(rescan).allNanos() / NANOS_A_MILLI;
            results.add(Scenario.startFromRescan(services), supervisor.name(), all);
        }
    }

    private Part bareJvm() {
        String what = "a bare JVM";
        return new Part(
                what,
                () -> watchdog.bounded(what, () -> {
                    for (int i = 0; i < BARE_JVMS; i++) {
                        results.add(Scenario.bareJvm(), Supervisors.FLOOR, BareJvm.millis(work.classes()));
                    }
                }));
    }
}
