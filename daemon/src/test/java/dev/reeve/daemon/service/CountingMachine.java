package dev.reeve.daemon.service;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The production machine, counting how often each cell of the table was asked for, and remembering what it said last.
public final class CountingMachine extends ServiceMachine {
    private static final int REMEMBERED_MAX = 60;

    private final Map<Cell, Integer> counts = new LinkedHashMap<>();
    private final ArrayDeque<Decision> last = new ArrayDeque<>();

    /// A state and an event, by their kinds.
    public record Cell(Class<?> state, Class<?> event) {
        @Override
        public String toString() {
            return event.getSimpleName() + " in " + state.getSimpleName();
        }
    }

    private record Decision(ServiceState state, ServiceEvent event, Moment now, Transition transition) {
        @Override
        public String toString() {
            return "at " + now.nanos() + " ns " + event + "\n    in " + state + "\n    -> " + transition.next() + " "
                    + transition.effects();
        }
    }

    /// Every cell that there is, never asked for so far.
    public CountingMachine() {
        for (Class<?> state : ServiceSamples.kindsOf(ServiceState.class)) {
            for (Class<?> event : ServiceSamples.kindsOf(ServiceEvent.class)) {
                counts.put(new Cell(state, event), 0);
            }
        }
    }

    @Override
    public Transition on(ServiceState state, ServiceEvent event, Moment now) {
        Transition transition = super.on(state, event, now);
        counts.merge(new Cell(state.getClass(), event.getClass()), 1, Integer::sum);
        if (last.size() == REMEMBERED_MAX) {
            last.removeFirst();
        }
        last.add(new Decision(state, event, now, transition));
        return transition;
    }

    /// How often each cell was asked for.
    public Map<Cell, Integer> counts() {
        return counts;
    }

    public int count(ServiceState state, ServiceEvent event) {
        return counts.getOrDefault(new Cell(state.getClass(), event.getClass()), 0);
    }

    /// The last decisions, a paragraph each.
    public String lastDecisions() {
        return last.stream().map(Decision::toString).collect(Collectors.joining("\n"));
    }
}
