package dev.reeve.benchmarks.peers;

import dev.reeve.bridge.ErrnoException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A single service under every supervisor at once, restarted in turns: what the machine does meanwhile meets all of
/// them.
final class Turns {
    private static final double NANOS_A_MICRO = 1e3;
    private static final double NANOS_A_MILLI = 1e6;

    private final WorkDirectory work;
    private final List<Supervisor> supervisors;
    private final Results results;
    private final Watchdog watchdog;

    Turns(WorkDirectory work, List<Supervisor> supervisors, Results results, Watchdog watchdog) {
        this.work = work;
        this.supervisors = supervisors;
        this.results = results;
        this.watchdog = watchdog;
    }

    void take(Stage.Kind kind, int restarts) {
        Map<Supervisor, Supervision> running = new LinkedHashMap<>();
        try {
            for (Supervisor supervisor : supervisors) {
                watchdog.bounded(supervisor.name(), () -> {
                    Supervision supervision = new Supervision(supervisor, Stage.build(work, 1, kind));
                    running.put(supervisor, supervision);
                    double first = supervision.awaitStarted().firstNanos() / NANOS_A_MILLI;
                    results.add(Scenario.firstSpawn(1), supervisor.name(), first);
                });
            }
            for (int i = 0; i < restarts; i++) {
                Scenario scenario = scenario(kind, i == 0);
                running.entrySet()
                        .removeIf(each -> !watchdog.bounded(
                                each.getKey().name(), () -> restart(each.getKey(), each.getValue(), scenario)));
            }
        } finally {
            running.forEach((supervisor, supervision) -> watchdog.bounded(supervisor.name(), supervision::close));
        }
    }

    private void restart(Supervisor supervisor, Supervision supervision, Scenario scenario)
            throws IOException, ErrnoException {
        supervision.awaitTurn();
        results.add(scenario, supervisor.name(), supervision.restart() / NANOS_A_MICRO);
    }

    private static Scenario scenario(Stage.Kind kind, boolean isFirst) {
        if (!kind.announces()) {
            return Scenario.unannounced(1);
        }
        return isFirst ? Scenario.firstRestart(1) : Scenario.restart(1);
    }
}
