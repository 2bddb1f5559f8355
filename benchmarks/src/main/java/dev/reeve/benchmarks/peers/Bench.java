package dev.reeve.benchmarks.peers;

import dev.reeve.bridge.ErrnoException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// One life of each supervisor after the other, round by round, with everything measured in it.
final class Bench implements AutoCloseable {
    private static final double NANOS_A_MICRO = 1e3;
    private static final double NANOS_A_MILLI = 1e6;
    private static final double KIBIBYTES_A_MEBI = 1024;

    /// A life that takes longer is given up.
    private static final Duration LIFE_MAX = Duration.ofMinutes(2);

    private final WorkDirectory work;
    private final List<Supervisor> supervisors;
    private final BenchOptions options;
    private final Results results;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    Bench(WorkDirectory work, List<Supervisor> supervisors, BenchOptions options, Results results) {
        this.work = work;
        this.supervisors = supervisors;
        this.options = options;
        this.results = results;
    }

    /// A part of a life, with what it measures.
    private interface Life {
        void live(Supervisor supervisor) throws IOException, ErrnoException, InterruptedException;
    }

    void run() throws InterruptedException {
        for (int round = 1; round <= options.rounds(); round++) {
            each(round, "few services", this::few);
            each(round, "many services", this::many);
            if (!options.quick()) {
                each(round, "services that announce nothing", this::unannounced);
            }
        }
    }

    private void each(int round, String what, Life life) throws InterruptedException {
        for (Supervisor supervisor : supervisors) {
            System.err.printf(
                    "bench-peers: round %d of %d, %s: %s%n", round, options.rounds(), what, supervisor.name());
            Thread measuring = Thread.currentThread();
            ScheduledFuture<?> limit =
                    watchdog.schedule(measuring::interrupt, LIFE_MAX.toMillis(), TimeUnit.MILLISECONDS);
            boolean interrupted = false;
            try {
                life.live(supervisor);
            } catch (ClosedByInterruptException | InterruptedException _) {
                interrupted = true;
            } catch (IOException | ErrnoException e) {
                System.err.println("bench-peers: " + supervisor.name() + ": " + e.getMessage());
            }
            if (!limit.cancel(false)) {
                System.err.println("bench-peers: " + supervisor.name() + " was given up after " + LIFE_MAX.toSeconds()
                        + " seconds");
                Thread.interrupted();
            } else if (interrupted) {
                throw new InterruptedException();
            }
        }
    }

    private void few(Supervisor supervisor) throws IOException, ErrnoException {
        int services = options.few();
        try (Supervision supervision = new Supervision(supervisor, work, services, true)) {
            supervision.awaitStarted();
            restarts(supervision, Scenario.firstRestart(services), supervisor, 1);
            restarts(supervision, Scenario.restart(services), supervisor, options.restartsOfFew());
        }
    }

    private void unannounced(Supervisor supervisor) throws IOException, ErrnoException {
        int services = options.few();
        try (Supervision supervision = new Supervision(supervisor, work, services, false)) {
            supervision.awaitStarted();
            restarts(supervision, Scenario.unannounced(services), supervisor, services);
        }
    }

    private void many(Supervisor supervisor) throws IOException, ErrnoException, InterruptedException {
        int services = options.many();
        String name = supervisor.name();
        try (Supervision supervision = new Supervision(supervisor, work, services, true)) {
            Supervision.Started started = supervision.awaitStarted();
            results.add(Scenario.firstSpawn(services), name, started.firstNanos() / NANOS_A_MILLI);
            results.add(Scenario.start(services), name, started.allNanos() / NANOS_A_MILLI);
            restarts(supervision, Scenario.restart(services), supervisor, options.restartsOfMany());
            if (supervisor.status().isPresent()) {
                for (int i = 0; i < options.statuses(); i++) {
                    results.add(Scenario.status(services), name, supervision.status() / NANOS_A_MILLI);
                }
            }
            results.add(Scenario.memory(services), name, supervision.proportionalKibibytes() / KIBIBYTES_A_MEBI);
            // What follows a restart has settled.
            Thread.sleep(options.settling());
            long before = supervision.waits();
            Thread.sleep(options.idle());
            double waits = supervision.waits() - before;
            results.add(Scenario.wakeUps(services), name, waits / options.idle().toSeconds());
            results.add(Scenario.stop(services), name, supervision.stop() / NANOS_A_MILLI);
        }
    }

    private void restarts(Supervision supervision, Scenario scenario, Supervisor supervisor, int count)
            throws IOException, ErrnoException {
        long until = System.nanoTime() + options.restartsTime().toNanos();
        for (int i = 0; i < count && System.nanoTime() < until; i++) {
            supervision.awaitTurn();
            results.add(scenario, supervisor.name(), supervision.restart() / NANOS_A_MICRO);
        }
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
    }
}
