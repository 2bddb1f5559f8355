package dev.reeve.benchmarks.peers;

import dev.reeve.bridge.ErrnoException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A single service under every supervisor at once, restarted in turns: what the machine does meanwhile meets all of
/// them.
final class Turns {
    private static final double NANOS_A_MICRO = 1e3;
    private static final double NANOS_A_MILLI = 1e6;

    /// What follows a restart (readiness, `finish`, the compiler's work) is over before the next one's turn.
    private static final Duration GAP = Duration.ofMillis(20);

    private final WorkDirectory work;
    private final Results results;
    private final Watchdog watchdog;

    Turns(WorkDirectory work, Results results, Watchdog watchdog) {
        this.work = work;
        this.results = results;
        this.watchdog = watchdog;
    }

    void take(List<Supervisor> supervisors, Stage.Kind kind, int restarts) {
        List<Supervision> begun = new ArrayList<>();
        SequencedMap<Supervisor, Supervision> running = new LinkedHashMap<>();
        try {
            for (Supervisor supervisor : supervisors) {
                watchdog.bounded(words(supervisor), () -> {
                    Supervision supervision = new Supervision(supervisor, Stage.build(work, 1, kind));
                    begun.add(supervision);
                    double first = supervision.awaitStarted().firstNanos() / NANOS_A_MILLI;
                    results.add(Scenario.firstSpawn(1), supervisor.name(), first);
                    running.put(supervisor, supervision);
                });
            }
            for (int i = 0; i < restarts; i++) {
                Scenario scenario = scenario(kind, i == 0);
                SequencedMap<Supervisor, Supervision> ordered = i % 2 == 0 ? running : running.reversed();
                ordered.entrySet()
                        .removeIf(each -> !watchdog.bounded(
                                words(each.getKey()), () -> restart(each.getKey(), each.getValue(), scenario)));
            }
        } finally {
            begun.forEach(Turns::close);
        }
    }

    private void restart(Supervisor supervisor, Supervision supervision, Scenario scenario)
            throws IOException, ErrnoException, InterruptedException {
        supervision.awaitTurn();
        results.add(scenario, supervisor.name(), supervision.restart() / NANOS_A_MICRO);
        Thread.sleep(GAP);
    }

    private static void close(Supervision supervision) {
        try {
            supervision.close();
        } catch (IOException e) {
            Watchdog.say("a fifo could not be closed: " + e.getMessage());
        }
    }

    private static String words(Supervisor supervisor) {
        return "one service in turns: " + supervisor.name();
    }

    private static Scenario scenario(Stage.Kind kind, boolean isFirst) {
        if (!kind.announces()) {
            return Scenario.unannounced(1);
        }
        return isFirst ? Scenario.firstRestart(1) : Scenario.restart(1);
    }
}
