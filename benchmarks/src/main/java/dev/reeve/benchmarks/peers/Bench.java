package dev.reeve.benchmarks.peers;

import dev.reeve.bridge.ErrnoException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Round by round: a single service under every supervisor at once, restarted in turns; then many services under one
/// supervisor after the other, with everything else that is measured.
final class Bench implements AutoCloseable {
    private static final double NANOS_A_MICRO = 1e3;
    private static final double NANOS_A_MILLI = 1e6;
    private static final double KIBIBYTES_A_MEBI = 1024;

    /// What takes longer is given up.
    private static final Duration PART_MAX = Duration.ofMinutes(2);

    private final WorkDirectory work;
    private final List<Supervisor> supervisors;
    private final BenchOptions options;
    private final Results results;
    private double floorsKernelMebibytes = Double.NaN;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    Bench(WorkDirectory work, List<Supervisor> supervisors, BenchOptions options, Results results) {
        this.work = work;
        this.supervisors = supervisors;
        this.options = options;
        this.results = results;
    }

    /// Something that is measured of one supervisor.
    private interface Part {
        void measure() throws IOException, ErrnoException, InterruptedException;
    }

    void run() {
        if (!MemoryGroup.isPossible()) {
            say("the kernel's memory is left out: it takes root, and a memory cgroup");
        }
        for (int round = 1; round <= options.rounds(); round++) {
            String progress = "round " + round + " of " + options.rounds() + ": ";
            for (int life = 0; life < options.livesAlone(); life++) {
                say(progress + "one service, all supervisors in turns");
                alone(true, options.restartsAlone());
            }
            if (!options.quick()) {
                say(progress + "one service that announces nothing, all supervisors in turns");
                alone(false, options.restartsAlone());
            }
            floorsKernelMebibytes = Double.NaN;
            for (Supervisor supervisor : supervisors) {
                say(progress + options.many() + " services: " + supervisor.name());
                bounded(supervisor, () -> many(supervisor));
            }
        }
    }

    private void alone(boolean announcing, int restarts) {
        Map<Supervisor, Supervision> running = new LinkedHashMap<>();
        try {
            for (Supervisor supervisor : supervisors) {
                bounded(supervisor, () -> {
                    Supervision supervision = new Supervision(supervisor, work, 1, announcing);
                    running.put(supervisor, supervision);
                    Supervision.Started started = supervision.awaitStarted();
                    results.add(Scenario.firstSpawn(1), supervisor.name(), started.firstNanos() / NANOS_A_MILLI);
                });
            }
            for (int i = 0; i < restarts; i++) {
                Scenario scenario =
                        !announcing ? Scenario.unannounced(1) : i == 0 ? Scenario.firstRestart(1) : Scenario.restart(1);
                running.entrySet()
                        .removeIf(each -> !bounded(each.getKey(), () -> {
                            each.getValue().awaitTurn();
                            restart(each.getValue(), scenario, each.getKey());
                        }));
            }
        } finally {
            running.forEach((supervisor, supervision) -> bounded(supervisor, supervision::close));
        }
    }

    private void many(Supervisor supervisor) throws IOException, ErrnoException, InterruptedException {
        if (!MemoryGroup.isPossible()) {
            many(supervisor, new Supervision(supervisor, work, options.many(), true), Optional.empty());
            return;
        }
        try (MemoryGroup group = new MemoryGroup(work.newName())) {
            group.enter();
            Supervision supervision;
            try {
                supervision = new Supervision(supervisor, work, options.many(), true);
            } finally {
                group.leave();
            }
            many(supervisor, supervision, Optional.of(group));
        }
    }

    private void many(Supervisor supervisor, Supervision running, Optional<MemoryGroup> group)
            throws IOException, ErrnoException, InterruptedException {
        int services = options.many();
        String name = supervisor.name();
        try (Supervision supervision = running) {
            Supervision.Started started = supervision.awaitStarted();
            results.add(Scenario.firstSpawn(services), name, started.firstNanos() / NANOS_A_MILLI);
            results.add(Scenario.start(services), name, started.allNanos() / NANOS_A_MILLI);
            long until = System.nanoTime() + options.restartsTime().toNanos();
            for (int i = 0; i < options.restartsOfMany() && System.nanoTime() < until; i++) {
                supervision.awaitTurn();
                restart(supervision, Scenario.restart(services), supervisor);
            }
            for (long nanos : supervision.crashAll()) {
                results.add(Scenario.crash(services), name, nanos / NANOS_A_MILLI);
            }
            if (supervisor.status().isPresent()) {
                Supervisor.Status status = supervisor.status().get();
                for (int i = 0; i < options.statuses(); i++) {
                    results.add(Scenario.status(services), name, supervision.time(status.ofOne()) / NANOS_A_MILLI);
                    results.add(Scenario.statusOfAll(services), name, supervision.time(status.ofAll()) / NANOS_A_MILLI);
                }
            }
            Thread.sleep(options.settling());
            results.add(Scenario.memory(services), name, supervision.proportionalKibibytes() / KIBIBYTES_A_MEBI);
            if (group.isPresent()) {
                kernelMemory(group.get().kernelMebibytes(), services, name);
            }
            long before = supervision.waits();
            Thread.sleep(options.idle());
            double waits = supervision.waits() - before;
            results.add(Scenario.wakeUps(services), name, waits / options.idle().toSeconds());
            results.add(Scenario.stop(services), name, supervision.stop() / NANOS_A_MILLI);
        }
    }

    /// The services themselves cost the kernel the same under each supervisor: what they cost under the floor is
    /// taken off.
    private void kernelMemory(double mebibytes, int services, String name) {
        if (name.equals(Supervisors.FLOOR)) {
            floorsKernelMebibytes = mebibytes;
        } else if (!Double.isNaN(floorsKernelMebibytes)) {
            results.add(Scenario.kernelMemory(services), name, mebibytes - floorsKernelMebibytes);
        }
    }

    private void restart(Supervision supervision, Scenario scenario, Supervisor supervisor)
            throws IOException, ErrnoException {
        results.add(scenario, supervisor.name(), supervision.restart() / NANOS_A_MICRO);
    }

    /// Measures it, unless that takes too long or fails, which is told; answers whether it got to its end.
    private boolean bounded(Supervisor supervisor, Part part) {
        Thread measuring = Thread.currentThread();
        ScheduledFuture<?> limit = watchdog.schedule(measuring::interrupt, PART_MAX.toMillis(), TimeUnit.MILLISECONDS);
        try {
            part.measure();
            return true;
        } catch (ClosedByInterruptException | InterruptedException _) {
            say(supervisor.name() + " was given up after " + PART_MAX.toSeconds() + " seconds");
        } catch (IOException | ErrnoException e) {
            say(supervisor.name() + ": " + e.getMessage());
        } finally {
            limit.cancel(false);
            Thread.interrupted();
        }
        return false;
    }

    private static void say(String what) {
        System.err.println("bench-peers: " + what);
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
    }
}
