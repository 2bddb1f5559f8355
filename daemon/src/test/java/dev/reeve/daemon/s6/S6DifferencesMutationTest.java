package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.s6.Pair.Disk;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceMachine;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.Transition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Proves that what is compared in [S6DifferencesTest] is what the machine does, and that [IntendedDifferences]
/// does not cover too much: with any cell of the table wrong that anybody can see, some difference is not
/// intended.
class S6DifferencesMutationTest {

    private static final List<SampleDirectory> DIRECTORIES =
            List.of(SampleDirectory.of(true, true), SampleDirectory.of(false, false));

    /// It is not wanted, and stays so.
    private static final Set<String> NOT_SEEN = Set.of("StopRequested in Failed");

    @Test
    void whatIsForgottenIsFound() {
        assertEquals(NOT_SEEN, unnoticed(Forgetful::new));
    }

    @Test
    void whatIsMistakenForSomethingElseIsFound() {
        assertEquals(Set.of(), unnoticed(Mistaken::new));
    }

    private record Cell(Class<?> state, Class<?> event) {
        boolean is(ServiceState before, ServiceEvent happened) {
            return state.isInstance(before) && event.isInstance(happened);
        }

        @Override
        public String toString() {
            return event.getSimpleName() + " in " + state.getSimpleName();
        }
    }

    @FunctionalInterface
    private interface Spoiling {
        ServiceMachine spoil(Cell cell);
    }

    private static Set<String> unnoticed(Spoiling spoiling) {
        Set<String> unnoticed = new TreeSet<>();
        for (Cell cell : cells()) {
            if (!isNoticed(spoiling.spoil(cell))) {
                unnoticed.add(cell.toString());
            }
        }
        return unnoticed;
    }

    private static boolean isNoticed(ServiceMachine machine) {
        Exploration exploration = new Exploration(IntendedDifferences.ALL, 1);
        DIRECTORIES.forEach(directory -> exploration.explore(machine, directory, Disk.AT_ONCE));
        return !exploration.unintended().isEmpty();
    }

    /// Where something follows in the comparison.
    private static Set<Cell> cells() {
        Set<Cell> cells = new LinkedHashSet<>();
        ServiceMachine recording = new ServiceMachine() {
            @Override
            public Transition on(ServiceState state, ServiceEvent event, Moment now) {
                Transition transition = super.on(state, event, now);
                if (!transition.equals(new Transition(state, List.of()))) {
                    cells.add(new Cell(state.getClass(), event.getClass()));
                }
                return transition;
            }
        };
        Exploration exploration = new Exploration(IntendedDifferences.ALL, 1);
        DIRECTORIES.forEach(directory -> exploration.explore(recording, directory, Disk.AT_ONCE));
        return cells;
    }

    /// Nothing follows there.
    private static final class Forgetful extends ServiceMachine {
        private final Cell cell;

        Forgetful(Cell cell) {
            this.cell = cell;
        }

        @Override
        public Transition on(ServiceState state, ServiceEvent event, Moment now) {
            return cell.is(state, event) ? new Transition(state, List.of()) : super.on(state, event, now);
        }
    }

    /// Takes there what happened for someone's asking for a start, or, where that comes to the same, for an end.
    private static final class Mistaken extends ServiceMachine {
        private final Cell cell;

        Mistaken(Cell cell) {
            this.cell = cell;
        }

        @Override
        public Transition on(ServiceState state, ServiceEvent event, Moment now) {
            Transition right = super.on(state, event, now);
            if (!cell.is(state, event)) {
                return right;
            }
            Transition wrong = super.on(state, new StartRequested(), now);
            return wrong.equals(right) ? super.on(state, new StopRequested(), now) : wrong;
        }
    }
}
