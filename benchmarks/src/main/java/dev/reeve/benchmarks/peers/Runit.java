package dev.reeve.benchmarks.peers;

import java.util.List;

/// runsvdir and its runsv processes.
final class Runit extends Supervisor {
    private static final int SIGHUP = 1;

    /// MAXSERVICES in runsvdir.c.
    private static final int SERVICES_MAX = 1_000;

    Runit() {
        super("runit", "runsvdir", "runit");
    }

    @Override
    List<String> start(Stage stage) {
        return List.of("runsvdir", stage.scan().toString());
    }

    @Override
    int stopSignal() {
        return SIGHUP;
    }

    @Override
    List<String> status(Stage stage, String service) {
        return List.of("sv", "status", "./" + service);
    }

    @Override
    List<String> statusOfAll(Stage stage) {
        return List.of("sh", "-c", "sv status ./*");
    }

    @Override
    int servicesMax() {
        return SERVICES_MAX;
    }
}
