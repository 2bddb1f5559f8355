package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.ServiceSamples.EARLY_DEADLINE;
import static dev.reeve.daemon.service.ServiceSamples.EVENTS;
import static dev.reeve.daemon.service.ServiceSamples.STATES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.service.MachineSentences.Machine;
import dev.reeve.daemon.service.ServiceEffect.Kill;
import dev.reeve.daemon.service.ServiceEffect.Spawn;
import dev.reeve.daemon.service.ServiceSamples.Given;
import dev.reeve.daemon.service.ServiceSamples.Happening;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Failed;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Proves that the sentences about [ServiceMachine] leave nothing unsaid: it spoils every outcome of every cell of the
/// table in turn, in each part, and every time some sentence has to be wrong.
class ServiceMachineMutationTest {
    private static final ServiceMachine PRODUCTION = new ServiceMachine();

    private final List<Sentence> sentences = Stream.of(
                    ServiceMachineTest.class,
                    ServiceMachineRestartTest.class,
                    ServiceMachineOnceTest.class,
                    ServiceMachineFinishTest.class,
                    ServiceMachineSignalTest.class,
                    ServiceMachineNotifyTest.class)
            .flatMap(ServiceMachineMutationTest::sentencesOf)
            .toList();

    @Test
    void everySentenceIsTrueOfTheMachineAsItIs() {
        assertEquals(
                List.of(),
                sentences.stream()
                        .filter(sentence -> sentence.isWrongOf(PRODUCTION::on))
                        .toList());
    }

    @Test
    void someSentenceIsWrongWhicheverOutcomeIsSpoilt() {
        List<String> unnoticed = new ArrayList<>();
        for (Cell cell : cells()) {
            cell.spoils().forEach((part, spoil) -> {
                Machine spoilt = cell.spoiltBy(spoil);
                if (sentences.stream().noneMatch(sentence -> sentence.isWrongOf(spoilt))) {
                    unnoticed.add(cell + ", with " + part);
                }
            });
        }
        assertEquals(List.of(), unnoticed, "no sentence says otherwise");
    }

    /// Every outcome that the samples of the table show.
    private static Set<Cell> cells() {
        Set<Cell> cells = new LinkedHashSet<>();
        for (Given given : STATES) {
            for (Happening happening : EVENTS) {
                cells.add(Cell.of(given.state(), happening));
            }
            cells.add(Cell.of(given.state(), EARLY_DEADLINE));
        }
        return cells;
    }

    /// One outcome of an event in a state.
    private record Cell(
            Class<?> state,
            Class<?> event,
            String outcome,
            Class<? extends ServiceState> next,
            List<? extends Class<?>> effects) {

        static Cell of(ServiceState state, Happening happening) {
            return of(state, happening.event(), PRODUCTION.on(state, happening.event(), happening.now()));
        }

        static Cell of(ServiceState state, ServiceEvent event, Transition transition) {
            return new Cell(
                    state.getClass(),
                    event.getClass(),
                    ServiceSamples.outcome(state, event, transition),
                    transition.next().getClass(),
                    transition.effects().stream().map(ServiceEffect::getClass).toList());
        }

        /// The production machine, but for this outcome.
        Machine spoiltBy(UnaryOperator<Transition> spoil) {
            return (before, happened, now) -> {
                Transition transition = PRODUCTION.on(before, happened, now);
                return of(before, happened, transition).equals(this) ? spoil.apply(transition) : transition;
            };
        }

        /// Each way to get the outcome wrong, and what it is called.
        Map<String, UnaryOperator<Transition>> spoils() {
            Map<String, UnaryOperator<Transition>> spoils = new LinkedHashMap<>();
            spoils.put("another next state", Cell::elsewhere);
            spoils.put("one effect more", transition -> {
                List<ServiceEffect> more = new ArrayList<>(transition.effects());
                more.add(new Kill(new Pid(1)));
                return new Transition(transition.next(), more);
            });
            RecordComponent[] parts = next.getRecordComponents();
            for (int part = 0; part < parts.length; part++) {
                int spoilt = part;
                spoils.put(
                        "another " + parts[part].getName(),
                        transition -> new Transition(other(transition.next(), spoilt), transition.effects()));
            }
            if (!effects.isEmpty()) {
                spoils.put("no effect", transition -> new Transition(transition.next(), List.of()));
                spoils.put("another effect", Cell::withAnotherEffect);
                RecordComponent[] effectParts = effects.getFirst().getRecordComponents();
                for (int part = 0; part < effectParts.length; part++) {
                    int spoilt = part;
                    spoils.put(
                            "another " + effectParts[part].getName() + " in its effect",
                            transition -> new Transition(
                                    transition.next(),
                                    List.of(other(transition.effects().getFirst(), spoilt))));
                }
            }
            return spoils;
        }

        private static Transition elsewhere(Transition transition) {
            History history = transition.next().history();
            ServiceState other = transition.next() instanceof Failed ? new Down(history) : new Failed("", history);
            return new Transition(other, transition.effects());
        }

        private static Transition withAnotherEffect(Transition transition) {
            boolean spawns = transition.effects().getFirst() instanceof Spawn;
            return new Transition(transition.next(), List.of(spawns ? new Kill(new Pid(1)) : new Spawn()));
        }

        @Override
        public String toString() {
            return event.getSimpleName() + " in " + state.getSimpleName() + " -> " + outcome;
        }
    }

    /// The same record with something else in one place.
    @SuppressWarnings("unchecked")
    private static <R> R other(R value, int place) {
        try {
            RecordComponent[] components = value.getClass().getRecordComponents();
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                Object old = components[i].getAccessor().invoke(value);
                values[i] = i == place ? other(old) : old;
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return (R) value.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Object other(Object value) {
        return switch (value) {
            case Want want -> want == Want.UP ? Want.DOWN : Want.UP;
            case Moment moment -> new Moment(moment.nanos() ^ 1);
            case History history -> other(history, 1);
            case Long number -> number + 1;
            case Run run ->
                run.paused()
                        ? run.sent(Signal.CONT, ServiceSamples.NOW)
                        : new Run(new Pid(run.pid().number() + 1), run.settings(), run.startedAt(), run.readyAt());
            case Pid pid -> new Pid(pid.number() + 1);
            case Signal signal -> new Signal(signal.number() + 1);
            case ExitStatus _ -> new ExitStatus.Exited(77);
            case Optional<?> optional -> optional.isPresent() ? Optional.empty() : Optional.of("");
            case String text -> text + "!";
            default -> throw new AssertionError("say here how to spoil a " + value.getClass());
        };
    }

    private static Stream<Sentence> sentencesOf(Class<?> test) {
        return Arrays.stream(test.getDeclaredClasses())
                .flatMap(nested -> Arrays.stream(nested.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Sentence::new);
    }

    /// A test method of a nested class.
    private record Sentence(Method method) {

        boolean isWrongOf(Machine machine) {
            return ScopedValue.where(MachineSentences.MACHINE, machine).call(this::isWrong);
        }

        private boolean isWrong() {
            try {
                method.invoke(newInstance(method.getDeclaringClass()));
                return false;
            } catch (InvocationTargetException e) {
                return true;
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }

        private static Object newInstance(Class<?> nested) throws ReflectiveOperationException {
            Constructor<?> outer = nested.getEnclosingClass().getDeclaredConstructor();
            return nested.getDeclaredConstructor(nested.getEnclosingClass()).newInstance(outer.newInstance());
        }

        @Override
        public String toString() {
            return method.getDeclaringClass().getSimpleName() + "." + method.getName();
        }
    }
}
