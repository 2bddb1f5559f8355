package dev.reeve.benchmarks.peers;

import java.util.List;

/// The program of floor.c: the least that a supervisor can do.
final class Floor extends Supervisor {
    private final WorkDirectory work;

    Floor(WorkDirectory work) {
        super(Supervisors.FLOOR, "gcc", "gcc");
        this.work = work;
    }

    @Override
    List<String> start(Stage stage) {
        return List.of(work.program("floor").toString());
    }
}
