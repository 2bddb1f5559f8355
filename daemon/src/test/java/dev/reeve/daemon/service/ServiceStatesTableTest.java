package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.ServiceSamples.EVENTS;
import static dev.reeve.daemon.service.ServiceSamples.STATES;
import static dev.reeve.daemon.service.ServiceSamples.kindsOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.service.ServiceSamples.Given;
import dev.reeve.daemon.service.ServiceSamples.Happening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Draws the table of states and events, and compares it with the one in the documents.
class ServiceStatesTableTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("reeve.home"), "docs", "service-states.md");
    private static final ServiceMachine MACHINE = new ServiceMachine();

    private static final String INTRODUCTION = """
            # The states of a service

            What reeve does with a service is decided in one place, by one table: where the service is, what
            happened, and what follows. This is that table, drawn from the code by `ServiceStatesTableTest`, which
            fails when the two differ. The code behind it is `ServiceState`, which also has the picture, and
            `ServiceMachine` (and `AfterRun`, for `finish` and after it), one method a row.

            A row is a state the service can be in, a column an event that can happen to it. A cell names the next
            state and, behind a `+`, what is ordered to be done; where it names only an order, the state stays. `·`:
            nothing follows; the event came late, or says nothing new. `wanted up`, `wanted once` (until it ends by
            itself) and `wanted down`: the state stays, and this is what is wanted of it from now on. `ready`: the
            state stays, and its process is ready. `noted`: the state stays, and so does what the process says. `*`:
            what usually follows; what may follow instead stands below the table. *People see* is the state as `reeve
            status` shows it.

            *Too soon*, *delay over*: a service that ended unasked is started again a delay after it last came up,
            at once if that has passed; one that keeps dying young waits twice as long each time (`RestartPolicy`).
            *Given up*: its files `restart` or `restart-limit` say that it is not to be; where they say that it is not
            to be and nothing is wrong, it is `wanted down` from the end of its process on.

            A state that waits (Up with a watchdog, Aborting, AskedToStop, Stopping, Killing, Finishing,
            KillingFinish, BackingOff) also says until when. DeadlinePassed happens at that moment; before it, it
            changes nothing. Leaving the state is all it takes to cancel it.

            """;

    @Test
    void everyStateAndEventHasItsSample() {
        assertEquals(kindsOf(ServiceState.class), kinds(STATES, Given::state));
        assertEquals(kindsOf(ServiceEvent.class), kinds(EVENTS, Happening::event));
    }

    @Test
    void theDocumentShowsTheTableOfTheCode() throws IOException {
        String drawn = INTRODUCTION + table() + "\n" + exceptions();
        if (Boolean.getBoolean("reeve.redraw")) {
            Files.writeString(DOCUMENT, drawn);
        }
        String committed = Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";
        assertEquals(
                committed,
                drawn,
                "docs/service-states.md is not what the code does: run this test with"
                        + " -Dreeve.redraw=true, which draws it anew, and read what changed");
    }

    private static String table() {
        List<Happening> events = firstOfEachKind(EVENTS, Happening::event);
        StringBuilder table = new StringBuilder();
        table.append(row(Stream.concat(
                Stream.of("State", "*People see*"), events.stream().map(ServiceStatesTableTest::nameOf))));
        table.append(row(Stream.concat(Stream.of("---", "---"), events.stream().map(_ -> "---"))));
        for (Given given : firstOfEachKind(STATES, Given::state)) {
            Stream<String> head = Stream.of("**" + nameOf(given) + "**", phaseOf(given));
            table.append(row(Stream.concat(head, events.stream().map(event -> cell(given, event)))));
        }
        return table.toString();
    }

    private static String cell(Given given, Happening happening) {
        String usual = outcome(given, happening);
        boolean always = states(given)
                .allMatch(state -> events(happening)
                        .allMatch(event -> outcome(state, event).equals(usual)));
        return always ? usual : usual + " *";
    }

    private static String exceptions() {
        StringBuilder text = new StringBuilder("## What may follow instead\n\n");
        text.append(row(Stream.of("State", "Event", "What follows")));
        text.append(row(Stream.of("---", "---", "---")));
        for (Given given : firstOfEachKind(STATES, Given::state)) {
            for (Happening happening : firstOfEachKind(EVENTS, Happening::event)) {
                text.append(exceptions(given, happening));
            }
        }
        return text.toString();
    }

    /// One row for each outcome of the cell that the table does not show, naming what in state and event makes it
    /// so. If each does by itself, they have rows of their own.
    private static String exceptions(Given given, Happening happening) {
        String usual = outcome(given, happening);
        Set<String> rows = new LinkedHashSet<>();
        states(given)
                .forEach(state -> events(happening).forEach(event -> {
                    String outcome = outcome(state, event);
                    boolean anyState = states(given)
                            .allMatch(other -> outcome(other, event).equals(outcome));
                    boolean anyEvent = events(happening)
                            .allMatch(other -> outcome(state, other).equals(outcome));
                    if (!outcome.equals(usual) && !(anyState && anyEvent)) {
                        String inState = anyState ? nameOf(state) : named(nameOf(state), state.when());
                        String onEvent = anyEvent ? nameOf(event) : named(nameOf(event), event.when());
                        rows.add(row(Stream.of(inState, onEvent, outcome)));
                    }
                }));
        return String.join("", rows);
    }

    private static String outcome(Given given, Happening happening) {
        Transition transition = MACHINE.on(given.state(), happening.event(), happening.now());
        return ServiceSamples.outcome(given.state(), happening.event(), transition);
    }

    private static Stream<Given> states(Given kind) {
        return STATES.stream().filter(state -> nameOf(state).equals(nameOf(kind)));
    }

    private static Stream<Happening> events(Happening kind) {
        return EVENTS.stream().filter(event -> nameOf(event).equals(nameOf(kind)));
    }

    private static <S> List<S> firstOfEachKind(List<S> samples, Function<S, ?> value) {
        return List.copyOf(samples.stream()
                .collect(Collectors.toMap(
                        sample -> value.apply(sample).getClass(),
                        Function.identity(),
                        (first, _) -> first,
                        LinkedHashMap::new))
                .values());
    }

    private static <S> Set<Class<?>> kinds(List<S> samples, Function<S, ?> value) {
        return samples.stream().map(sample -> value.apply(sample).getClass()).collect(Collectors.toSet());
    }

    private static String named(String name, String when) {
        return when.isEmpty() ? name : name + ", " + when;
    }

    private static String nameOf(Given given) {
        return given.state().getClass().getSimpleName();
    }

    private static String nameOf(Happening happening) {
        return happening.event().getClass().getSimpleName();
    }

    private static String phaseOf(Given given) {
        return given.state().phase().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
