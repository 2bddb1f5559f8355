package dev.reeve.daemon.simulation;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventFd;
import dev.reeve.daemon.process.Errand;
import dev.reeve.daemon.process.Spawners;
import dev.reeve.daemon.service.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/// Spawners that take their time, both before they do an errand and before they are home again, and overtake each
/// other.
final class SimulatedSpawners implements Spawners {
    private final VirtualTime time;
    private final SimulatedKernel kernel;
    private final Weather weather;
    private final ArrayDeque<Runnable> results = new ArrayDeque<>();
    private final EventFd wakeUp;
    private Consumer<Throwable> bugListener = SimulatedLoop::escape;

    SimulatedSpawners(VirtualTime time, SimulatedKernel kernel, Weather weather, SimulatedLoop loop)
            throws ErrnoException {
        this.time = time;
        this.kernel = kernel;
        this.weather = weather;
        this.wakeUp = new EventFd(kernel, new EventFd.Listener() {
            @Override
            public void onSignalled() {
                while (!results.isEmpty()) {
                    bringHome(results.remove());
                }
            }

            @Override
            public void onFailed(ErrnoException cause) {
                throw new AssertionError(cause);
            }
        });
        loop.watch(wakeUp);
    }

    /// Told what comes out of a result, which keeps no other waiting; where there is none it goes on its way.
    void onBug(Consumer<Throwable> listener) {
        bugListener = listener;
    }

    private void bringHome(Runnable result) {
        try {
            result.run();
        } catch (RuntimeException | Error e) {
            bugListener.accept(e);
        }
    }

    @Override
    public void submit(Errand errand, Moment now) {
        time.after(weather.queueing(), () -> run(errand));
    }

    @Override
    public void submitAside(Moment due, Errand errand, Moment now) {
        Duration wait = due.isBefore(now) ? Duration.ZERO : due.since(now);
        time.after(wait.plus(weather.queueing()), () -> run(errand));
    }

    @Override
    public void mention(Runnable fact) {
        results.add(fact);
    }

    private void run(Errand errand) {
        List<SimulatedProcess> before = List.copyOf(kernel.children().unreaped());
        kernel.setOffTheLoop(true);
        Runnable result = result(errand);
        kernel.setOffTheLoop(false);
        List<SimulatedProcess> spawned = kernel.children().unreaped().stream()
                .filter(process -> !before.contains(process))
                .toList();
        if (result == Errand.NOTHING_TO_TELL) {
            return;
        }
        time.after(spawned.isEmpty() ? weather.reading() : weather.spawning(), () -> comeHome(result, spawned));
    }

    private static Runnable result(Errand errand) {
        try {
            return errand.run();
        } catch (RuntimeException | Error cause) {
            return () -> errand.failed(cause);
        }
    }

    private void comeHome(Runnable result, List<SimulatedProcess> spawned) {
        results.add(() -> {
            spawned.forEach(process -> process.reported = true);
            result.run();
        });
        try {
            wakeUp.signal();
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Moment nextCheck() {
        return Moment.NEVER;
    }

    @Override
    public void check(Moment now) {
        // Never asked for.
    }
}
